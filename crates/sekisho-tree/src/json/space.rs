//! What may stand between two tokens of JSON, and what people put there.

use super::Reader;
use crate::{Diagnostic, Span};

impl Reader<'_> {
    /// Skips spaces and line breaks, and everything that only looks or works like them elsewhere.
    pub(super) fn space(&mut self) -> Option<()> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(b'/' | b'#') if self.comment_end().is_some() => self.comment()?,
                Some(0x0b | 0x0c | 0x80..) if self.foreign_space().is_some() => self.foreign()?,
                _ => return Some(()),
            }
        }
    }

    fn comment(&mut self) -> Option<()> {
        let span = Span::new(self.at, self.comment_end()?);
        self.at = span.range().end;
        let comment = Diagnostic::error("json-comment", span, "JSON has no comments");
        self.report.say(comment.with_help("remove it; a policy can say it in a `Sid`"))
    }

    /// Where the comment that begins here ends, if one does. One that is never closed takes the rest.
    fn comment_end(&self) -> Option<usize> {
        let rest = self.rest();
        let length = if let Some(block) = rest.strip_prefix("/*") {
            block.find("*/").map_or(rest.len(), |end| end + 4)
        } else if rest.starts_with("//") || rest.starts_with('#') {
            rest.find(['\n', '\r']).unwrap_or(rest.len())
        } else {
            return None;
        };
        Some(self.at + length)
    }

    fn foreign(&mut self) -> Option<()> {
        let (span, space) = (self.here(), self.foreign_space()?);
        self.at = span.range().end;
        let code = u32::from(space);
        let message = format!("the character U+{code:04X} is no space in JSON");
        let foreign = Diagnostic::error("json-space", span, message);
        self.report.say(foreign.with_help("write an ordinary space"))
    }

    /// The space that is none in JSON: U+3000 of Japanese text, U+00A0 of web pages, a byte order mark.
    fn foreign_space(&self) -> Option<char> {
        let next = self.rest().chars().next()?;
        (next.is_whitespace() || next == '\u{feff}').then_some(next)
    }
}
