//! What to say where YAML's grammar is broken.
//!
//! `granit-parser` names some eighty problems by where its automaton stood. What the author needs
//! is fewer: what stands there, why it cannot, and what to write instead.

use granit_parser::{ErrorKind, ScanError};

use super::too_deep;
use crate::{Diagnostic, Span};

/// The id, the message and the help for one kind of problem. A message that begins with a space
/// continues with what stands at the place.
struct Words(&'static str, &'static str, &'static str);

/// What an error of the parser means, at its place.
pub(super) fn diagnostic(error: &ScanError, text: &str) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(text.len());
    let at = match error.kind() {
        kind if is_tab(kind) => tab_near(text, at),
        ErrorKind::ExpectedBlockMappingKey => back_to_dash(text, skip_spaces(text, at)),
        _ => skip_spaces(text, at),
    };
    let next = text.get(at..).and_then(|rest| rest.chars().next());
    let span = Span::new(at, at + next.map_or(0, char::len_utf8));
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return too_deep(span);
    }
    let Words(code, message, help) =
        common(error.kind()).or_else(|| rare(error.kind())).unwrap_or(Words(
            "yaml-syntax",
            " cannot stand here",
            "check the indentation, and the brackets and quotes before it",
        ));
    let message = match message.strip_prefix(' ') {
        Some(rest) => format!("{} {rest}", found(next)),
        None => message.to_owned(),
    };
    Diagnostic::error(code, span, message).with_help(help)
}

/// The parser gives some places in front of a space; the author looks for what stands behind it.
fn skip_spaces(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + rest.len() - rest.trim_start_matches(' ').len()
}

/// A list where a map goes on: the parser gives the place of its first item, not of the dash.
fn back_to_dash(text: &str, at: usize) -> usize {
    let line = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or("");
    let dash = line.trim_start();
    if dash.trim_end() == "-" { at - dash.len() } else { at }
}

fn is_tab(kind: &ErrorKind) -> bool {
    use ErrorKind as Kind;
    matches!(
        kind,
        Kind::TabNotAllowed
            | Kind::TabInBlockIndentation
            | Kind::TabInIndentation
            | Kind::TabInPlainScalar
            | Kind::TabAtBlockScalarStart
    )
}

/// The parser gives the place of a tab as the character after it, or as the start of the text it stands in.
fn tab_near(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    if before.ends_with('\t') {
        return at - 1;
    }
    let rest = text.get(at..).unwrap_or("");
    at + rest.find('\t').unwrap_or(0)
}

fn found(next: Option<char>) -> String {
    match next {
        None => "the end of the text".to_owned(),
        Some('\n' | '\r') => "the end of the line".to_owned(),
        Some(' ') => "a space".to_owned(),
        Some('\t') => "a tab".to_owned(),
        Some(control) if control.is_control() => {
            format!("the control character U+{:04X}", u32::from(control))
        }
        Some(other) => format!("`{other}`"),
    }
}

/// The mistakes that are made every day.
fn common(kind: &ErrorKind) -> Option<Words> {
    use ErrorKind as Kind;
    Some(match kind {
        kind if is_tab(kind) => {
            Words("yaml-tab", "a tab stands in the indentation", "indent with spaces")
        }
        Kind::UnclosedFlowCollection { .. } => {
            Words("yaml-unclosed", " is never closed", "write the closing bracket")
        }
        Kind::UnclosedQuotedScalar => {
            Words("yaml-unclosed", "this string is never closed", "write the closing quote")
        }
        Kind::MismatchedFlowCollectionEnd { .. } => Words(
            "yaml-bracket",
            " is closed by a bracket of the other kind",
            "check the brackets behind it",
        ),
        Kind::MisplacedFlowCollectionEnd => {
            Words("yaml-bracket", " closes nothing that is open", "check the brackets before it")
        }
        Kind::MappingValueNotAllowed => Words(
            "yaml-colon",
            "a second `:` in one line, or a value that goes on in the next",
            "put the value in quotes if `: ` is part of it, or check the indentation",
        ),
        Kind::SimpleKeyExpected => {
            Words("yaml-colon", "there is no `:` after this key", "write `key: value`")
        }
        Kind::InvalidColonPlacement => Words(
            "yaml-colon",
            "this `:` cannot stand here",
            "close the bracket before it, or keep the key and its `:` in one line",
        ),
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => Words(
            "yaml-quotes",
            " stands behind the closing quote",
            "write `\\\"` in double quotes, or `''` in single ones, for a quote inside the string",
        ),
        Kind::UnexpectedCharacter { .. } => {
            Words("yaml-character", " cannot begin a value", "put the value in quotes")
        }
        Kind::ExpectedBlockMappingKey
        | Kind::ExpectedBlockSequenceEntry
        | Kind::InvalidIndentation => Words(
            "yaml-indentation",
            " does not fit the lines before it",
            "indent all items of a list, and all keys of a map, by the same number of spaces",
        ),
        Kind::BlockSequenceEntryNotAllowed | Kind::BlockEntryInFlowCollection => {
            Words("yaml-indentation", "a list cannot begin here", "begin it in a line of its own")
        }
        Kind::ExpectedFlowMappingSeparator | Kind::ExpectedFlowSequenceSeparator => Words(
            "yaml-comma",
            " stands where `,` or the closing bracket is expected",
            "write `,` between two items",
        ),
        _ => return None,
    })
}

/// The mistakes that take some knowledge of YAML.
fn rare(kind: &ErrorKind) -> Option<Words> {
    use ErrorKind as Kind;
    Some(match kind {
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidUnicodeEscape
        | Kind::InvalidLowSurrogate
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate => Words(
            "yaml-escape",
            "this string has an escape sequence that YAML does not know",
            "write `\\\\` for a backslash, or put the text in single quotes",
        ),
        Kind::InvalidBlockScalarHeader
        | Kind::ZeroBlockScalarIndent
        | Kind::InvalidBlockScalarIndent => Words(
            "yaml-block-text",
            "this `|` or `>` text does not begin as it has to",
            "begin the text in the next line, and indent all its lines alike",
        ),
        Kind::MissingAnchorOrAliasName => Words(
            "yaml-anchor",
            " needs a name behind it",
            "put the value in quotes if `&` or `*` is meant as it is",
        ),
        Kind::UndeclaredTagHandle
        | Kind::InvalidTagTerminator
        | Kind::MissingTagUri
        | Kind::UnclosedVerbatimTag
        | Kind::InvalidTagEscape
        | Kind::InvalidGlobalTagCharacter => Words(
            "yaml-tag",
            "this tag cannot be read",
            "put the value in quotes if `!` is meant as it is",
        ),
        Kind::DuplicateVersionDirective
        | Kind::UnsupportedYamlMajorVersion
        | Kind::DuplicateTagDirective
        | Kind::MissingDocumentEndBeforeDirective
        | Kind::ExpectedDocumentStart
        | Kind::MissingDirectiveName
        | Kind::InvalidDirectiveName
        | Kind::InvalidDirectiveTerminator => Words(
            "yaml-document",
            " cannot stand after the end of the value, nor begin a directive",
            "remove it, or check the indentation before it",
        ),
        Kind::CommentNotSeparated | Kind::CommentInterceptedScalar => Words(
            "yaml-comment",
            "this comment cannot stand here",
            "write a space before `#`, and no comment between the lines of one text",
        ),
        Kind::InvalidMappingValueWhitespace | Kind::InvalidBlockEntryWhitespace => {
            Words("yaml-space", " needs a space behind it", "write a space")
        }
        Kind::BomInsideDocument => Words(
            "yaml-character",
            "a byte order mark stands inside the text",
            "remove it: it is invisible, and belongs to the start of a file only",
        ),
        _ => return None,
    })
}
