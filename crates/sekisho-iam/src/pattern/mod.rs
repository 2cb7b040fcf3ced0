//! Patterns: the texts of a policy that are matched against the texts of a request.
//!
//! `*` stands for any run of characters (also none), `?` for exactly one; `${key}` for the value of
//! a single-valued condition key and `${key, 'default'}` likewise with a fallback; `${*}`, `${?}`
//! and `${$}` for these three characters themselves. Whether any of this applies depends on where
//! the text stands and on the policy's version: see [`Syntax`].
//!
//! The value of a variable is literal text: a `*` in it matches only a `*`.
//!
//! Sources: IAM User Guide, "IAM JSON policy elements: Resource", "IAM policy elements: Variables and
//! tags", "IAM JSON policy elements: Condition operators".

mod arn;
mod glob;
mod pieces;
mod resource;
mod variable;

pub use arn::ArnPattern;
pub use variable::{NoVariables, Variables};

use pieces::Pieces;
use variable::Variable;

/// Which special texts a pattern knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Syntax {
    /// `*` and `?`.
    pub wildcards: bool,
    /// `${…}`: only with version `2012-10-17`.
    pub variables: bool,
}

/// A compiled pattern. Matching allocates nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    pieces: Box<[Piece]>,
}

/// A piece of a pattern. Neighbouring literals are one piece, as are neighbouring `*`.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(Box<str>),
    AnyOne,
    AnyRun,
    /// `?` in one of the first five fields of a resource.
    AnyOneInField,
    /// `*` in one of the first five fields of a resource, not at its end.
    AnyRunInField,
    Variable(Variable),
}

impl Pattern {
    /// Compiles `text`. A `${` that starts no variable is literal text.
    pub fn compile(text: &str, syntax: Syntax) -> Self {
        let mut pieces = Pieces::default();
        pieces.read(text, syntax);
        Self { pieces: pieces.finish() }
    }

    /// Whether `text` matches as a whole. A variable without a value matches nothing.
    pub fn matches(&self, text: &str, variables: &impl Variables) -> bool {
        match &*self.pieces {
            [] => text.is_empty(),
            [Piece::AnyRun] => true,
            [Piece::Literal(literal)] => **literal == *text,
            [Piece::Literal(literal), Piece::AnyRun] => text.starts_with(&**literal),
            pieces => glob::matches(pieces, text, variables),
        }
    }

    /// Whether `text` is the same but for the case of its letters. For patterns without wildcards.
    pub fn equals_ignoring_case(&self, text: &str, variables: &impl Variables) -> bool {
        let mut wanted = self.pieces.iter().map(|piece| piece.text(variables));
        let mut rest = text.chars().flat_map(char::to_lowercase);
        let matched = wanted.all(|piece| {
            piece.is_some_and(|piece| {
                piece.chars().flat_map(char::to_lowercase).all(|wanted| rest.next() == Some(wanted))
            })
        });
        matched && rest.next().is_none()
    }

    /// The one text that matches, where the pattern is without wildcard and variable.
    pub fn literal(&self) -> Option<&str> {
        self.is_literal().then(|| self.literal_prefix())
    }

    /// The text that every match starts with.
    pub fn literal_prefix(&self) -> &str {
        match self.pieces.first() {
            Some(Piece::Literal(literal)) => literal,
            _ => "",
        }
    }

    /// Whether the pattern is literal text through and through.
    pub fn is_literal(&self) -> bool {
        matches!(&*self.pieces, [] | [Piece::Literal(_)])
    }

    /// Whether every text matches.
    pub fn matches_everything(&self) -> bool {
        matches!(&*self.pieces, [Piece::AnyRun])
    }
}

impl Piece {
    /// The literal text of the piece, where it has one.
    fn text<'a>(&'a self, variables: &'a impl Variables) -> Option<&'a str> {
        match self {
            Self::Literal(literal) => Some(literal),
            Self::Variable(variable) => variable.value(variables),
            Self::AnyOne | Self::AnyRun | Self::AnyOneInField | Self::AnyRunInField => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;

    const LIKE: Syntax = Syntax { wildcards: true, variables: true };

    fn context() -> Context {
        let mut context = Context::new();
        context.set("aws:username", "al*ce");
        context.set_many("aws:TagKeys", ["a"]);
        context
    }

    fn like(pattern: &str, text: &str) -> bool {
        Pattern::compile(pattern, LIKE).matches(text, &context())
    }

    #[test]
    fn wildcards() {
        for (pattern, text, expected) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("?", "", false),
            ("?", "é", true),
            ("a*", "a", true),
            ("a*c", "abbc", true),
            ("a*c", "abcb", false),
            ("*b*b*", "xbyb", true),
            ("*b*b*", "xb", false),
            ("a?*c", "ac", false),
            ("**a**", "a", true),
            ("*.txt", "a.txt.txt", true),
            ("x*?y", "xy", false),
            ("x*?y", "xéy", true),
            ("*é?", "aéé", true),
        ] {
            assert_eq!(like(pattern, text), expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn variables_are_literal_text() {
        assert!(like("home/${aws:username}/*", "home/al*ce/x"));
        assert!(!like("home/${aws:username}", "home/alice"));
        assert!(like("${AWS:UserName}", "al*ce"));
        assert!(!like("${aws:TagKeys}", "a"), "a multivalued key is no variable");
        assert!(!like("${aws:absent}", ""));
        assert!(!like("*${aws:absent}*", "anything"));
        assert!(like("${aws:absent, 'none'}", "none"));
        assert!(like("a${*}b${?}${$}", "a*b?$"));
        assert!(!like("a${*}b", "axb"));
    }

    #[test]
    fn without_variables_they_are_text() {
        let old = Pattern::compile("${aws:username}*", Syntax { variables: false, ..LIKE });
        assert!(old.matches("${aws:username}x", &context()));
        assert!(!old.matches("al*ce", &context()));
    }

    #[test]
    fn case_is_ignored_beyond_ascii() {
        let pattern =
            Pattern::compile("Größe-${aws:username}", Syntax { wildcards: false, variables: true });
        assert!(pattern.equals_ignoring_case("GRÖßE-AL*CE", &context()));
        assert!(!pattern.equals_ignoring_case("GRÖßE-AL*CEx", &context()));
        assert!(!pattern.equals_ignoring_case("GRÖßE-AL*C", &context()));
    }
}
