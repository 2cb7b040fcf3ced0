//! Everything without quotes: numbers, `true`, `false`, `null`, and words that lack their quotes.

use super::Reader;
use crate::diagnostic::shown;
use crate::{Diagnostic, Key, Node, Span, Style, Value};

/// The words of JSON, and how each becomes a scalar.
const WORDS: [(&str, Style); 3] =
    [("true", Style::Bool), ("false", Style::Bool), ("null", Style::Null)];

/// Numbers that JSON leaves out.
const NO_NUMBERS: [&str; 4] = ["NaN", "Infinity", "+Infinity", "-Infinity"];

/// What ends a word, besides spaces and control characters.
const ENDS: [char; 6] = [',', '[', ']', '{', '}', '"'];

/// What cannot begin a word.
const NO_START: [char; 6] = [':', '=', ';', '(', ')', '\\'];

impl Reader<'_> {
    /// Whether a word begins here.
    pub(super) fn at_word(&self) -> bool {
        let next = self.rest().chars().next();
        next.is_some_and(|next| !ends(next) && !NO_START.contains(&next))
    }

    /// The number or word here.
    pub(super) fn word(&mut self) -> Option<Node> {
        if !self.at_word() {
            return self.unexpected("a value");
        }
        let (word, span) = self.take(ends);
        if let Some((_, style)) = WORDS.into_iter().find(|(known, _)| **known == *word) {
            return self.node(span, Value::Scalar(word, style));
        }
        if word.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
            return self.number(word, span);
        }
        self.bare_word(word, span)
    }

    /// A key without quotes.
    pub(super) fn bare_key(&mut self) -> Option<Key> {
        if !self.at_word() {
            return self.unexpected("a key in double quotes");
        }
        let (text, span) = self.take(|next| ends(next) || next == ':' || next == '=');
        let shown = shown(&text);
        let message = format!("the key `{shown}` has no quotes");
        let unquoted = Diagnostic::error("json-unquoted-key", span, message);
        self.report.say(unquoted.with_help(format!("write `\"{shown}\"`")))?;
        Some(Key { text, span })
    }

    fn take(&mut self, end: impl Fn(char) -> bool) -> (Box<str>, Span) {
        let rest = self.rest();
        let word = rest.get(..rest.find(end).unwrap_or(rest.len())).unwrap_or(rest);
        let (word, span) = (Box::from(word), Span::new(self.at, self.at + word.len()));
        self.at = span.range().end;
        (word, span)
    }

    fn number(&mut self, word: Box<str>, span: Span) -> Option<Node> {
        if !is_number(&word) {
            self.report.say(bad_number(&word, span))?;
        }
        self.node(span, Value::Scalar(word, Style::Number))
    }

    fn bare_word(&mut self, word: Box<str>, span: Span) -> Option<Node> {
        if let Some((known, style)) = meant(&word) {
            let message = format!("`{word}` is not how JSON writes it");
            let other = Diagnostic::error("json-literal", span, message);
            self.report.say(other.with_help(format!("write `{known}`")))?;
            return self.node(span, Value::Scalar(known.into(), style));
        }
        if NO_NUMBERS.contains(&&*word) {
            let message = format!("JSON has no `{word}`");
            self.report.doubt(Diagnostic::error("json-number", span, message))?;
        } else {
            let shown = shown(&word);
            let message = format!("`{shown}` has no quotes");
            let bare = Diagnostic::error("json-bare-word", span, message);
            self.report.say(bare.with_help(format!("write `\"{shown}\"`")))?;
        }
        self.node(span, Value::Scalar(word, Style::Plain))
    }
}

fn ends(next: char) -> bool {
    next.is_whitespace() || next.is_control() || ENDS.contains(&next)
}

/// The word of JSON that `True`, `NULL` or the `None` of Python stand for.
fn meant(word: &str) -> Option<(&'static str, Style)> {
    let word = if word == "None" { "null" } else { word };
    WORDS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(word))
}

/// Whether this is a number of JSON: RFC 8259, section 6.
fn is_number(word: &str) -> bool {
    let word = word.strip_prefix('-').unwrap_or(word);
    let (whole, rest) = split_digits(word);
    let (fraction, rest) = match rest.strip_prefix('.').map(split_digits) {
        Some((digits, rest)) => (!digits.is_empty(), rest),
        None => (true, rest),
    };
    let exponent = match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => is_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)),
        None => rest.is_empty(),
    };
    let whole = is_digits(whole) && (whole == "0" || !whole.starts_with('0'));
    whole && fraction && exponent
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && split_digits(text).1.is_empty()
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|next: char| !next.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn bad_number(word: &str, span: Span) -> Diagnostic {
    let (digits, shown) = (word.strip_prefix('-').unwrap_or(word), shown(word));
    let (code, message, help) = if word.starts_with('+') {
        ("json-plus-sign", "a number of JSON has no plus sign", "leave out the `+`".to_owned())
    } else if digits.starts_with('0') && is_digits(digits) {
        let help = format!("an account id is a string: write `\"{shown}\"`");
        ("json-leading-zero", "a number of JSON does not begin with a zero", help)
    } else {
        let help = format!("write `\"{shown}\"` if it is a string");
        ("json-number", "this is no number of JSON", help)
    };
    Diagnostic::error(code, span, message).with_help(help)
}
