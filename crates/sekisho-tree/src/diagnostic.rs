//! What is wrong with a text, where, and what to do.

use crate::Span;

/// One thing to say about a text. Messages follow one grammar: lower case, no full stop, what the
/// user wrote in backticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The id of what was found, in kebab-case: `duplicate-key`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

/// How bad a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// It works, and probably does not do what was meant.
    Warning,
    /// AWS refuses it, or it can never work.
    Error,
}

impl Severity {
    /// Its name in answers: `note`, `warning`, `error`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Diagnostic {
    /// An error without help.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, message: message.into(), span, help: None }
    }

    /// A warning without help.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// A note without help.
    pub fn note(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, span, message) }
    }

    /// The same with a word on what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The most characters of a text that a message repeats.
const SHOWN_CHARS_MAX: usize = 60;

/// What the user wrote, for a message of a reader.
pub(crate) fn shown(text: &str) -> String {
    excerpt(text, SHOWN_CHARS_MAX)
}

/// The beginning of what the user wrote, for a message: in one line, without control characters,
/// with `…` behind it where there is more than `chars_max`.
pub fn excerpt(text: &str, chars_max: usize) -> String {
    let one_line = |next: char| if next.is_control() { '\u{fffd}' } else { next };
    let mut excerpt: String = text.chars().take(chars_max).map(one_line).collect();
    if text.chars().nth(chars_max).is_some() {
        excerpt.push('…');
    }
    excerpt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_repeats_one_short_line() {
        assert_eq!(shown("関所\n\u{1b}[31m"), "関所\u{fffd}\u{fffd}[31m");
        assert_eq!(shown(&"あ".repeat(SHOWN_CHARS_MAX)), "あ".repeat(SHOWN_CHARS_MAX));
        assert_eq!(shown(&"x".repeat(90)), format!("{}…", "x".repeat(SHOWN_CHARS_MAX)));
    }

    #[test]
    fn each_severity_has_its_maker() {
        let span = Span::new(1, 2);
        let made = [Diagnostic::note, Diagnostic::warning, Diagnostic::error]
            .map(|make| make("x", span, "y").with_help("z"));
        let severities = made.each_ref().map(|made| made.severity);
        assert_eq!(severities, [Severity::Note, Severity::Warning, Severity::Error]);
        assert!(made.iter().all(|made| made.help.as_deref() == Some("z") && made.span == span));
    }
}
