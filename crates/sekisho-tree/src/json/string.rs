//! Strings: in the quotes of JSON, and in those that people use instead.

use super::Reader;
use crate::{Diagnostic, Span};

/// What JSON has no character for. It keeps a text that was misread from equalling any name.
const UNREADABLE: char = '\u{fffd}';

/// The quotes that are taken for `"`, with what closes them.
const QUOTES: [(char, char); 6] =
    [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’'), ('”', '”')];

impl Reader<'_> {
    /// The quote that a string begins with here, and the one it ends with.
    pub(super) fn at_quote(&self) -> Option<(char, char)> {
        let first = match self.peek()? {
            b'"' => '"',
            b'\'' | b'`' | 0x80.. => self.rest().chars().next()?,
            _ => return None,
        };
        QUOTES.into_iter().find(|(open, _)| *open == first)
    }

    /// The string here and its place, quotes included.
    pub(super) fn string(&mut self) -> Option<(Box<str>, Span)> {
        let start = self.at;
        let (open, close) = self.at_quote()?;
        self.at += open.len_utf8();
        let text = match self.simple_text(close) {
            Some(text) => text,
            None => self.other_text(start, close)?,
        };
        let span = Span::new(start, self.at);
        if open != '"' {
            self.report.say(wrong_quotes(span, open))?;
        }
        Some((text, span))
    }

    /// The text up to the closing quote where it has nothing to be decoded, which is nearly always.
    fn simple_text(&mut self, close: char) -> Option<Box<str>> {
        let start = self.at;
        let bytes = self.text.as_bytes().get(start..)?;
        let length = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..0x20))?;
        if close != '"' || bytes.get(length) != Some(&b'"') {
            return None;
        }
        self.at = start + length + 1;
        self.text.get(start..start + length).map(Box::from)
    }

    fn other_text(&mut self, start: usize, close: char) -> Option<Box<str>> {
        let mut text = String::new();
        loop {
            let rest = self.text.get(self.at..)?;
            let special = |found: char| found == close || found == '\\' || found < ' ';
            let Some(length) = rest.find(special) else {
                self.at = self.text.len();
                return self.report.stop(unclosed(Span::new(start, start + close.len_utf8())));
            };
            text.push_str(rest.get(..length)?);
            self.at += length;
            match self.rest().chars().next()? {
                '\\' => text.push(self.escape(close)?),
                '\n' | '\r' => return self.broken_off(start, &text),
                control if control < ' ' => text.push(self.control(control)?),
                _ => {
                    self.at += close.len_utf8();
                    return Some(text.into());
                }
            }
        }
    }

    /// A string that its line ends before its quote does. Reading goes on in the next line; a comma
    /// at the end is taken for the one between two items.
    fn broken_off(&mut self, start: usize, text: &str) -> Option<Box<str>> {
        let line = self.text.get(start..self.at)?.trim_end();
        let line = line.strip_suffix(',').unwrap_or(line);
        self.at = start + line.len();
        let help = "write the closing `\"`; a line break inside a string is written `\\n`";
        let span = Span::new(start, self.at);
        self.report.doubt(unclosed(span).with_help(help))?;
        Some(text.trim_end().trim_end_matches(',').into())
    }

    fn control(&mut self, control: char) -> Option<char> {
        let span = self.here();
        self.at += 1;
        let escaped = match control {
            '\t' => "\\t".to_owned(),
            other => format!("\\u{:04x}", u32::from(other)),
        };
        let message = "a control character stands in the string as it is";
        let found = Diagnostic::error("json-control-character", span, message);
        self.report.say(found.with_help(format!("write it as `{escaped}`")))?;
        Some(control)
    }

    /// The character that the escape sequence here stands for.
    fn escape(&mut self, close: char) -> Option<char> {
        let start = self.at;
        self.at += 1;
        let decoded = match self.rest().chars().next() {
            Some('u') => return self.unicode_escape(start),
            Some(same @ ('"' | '\\' | '/')) => same,
            Some(quote) if quote == close => quote,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some(other) if other >= ' ' => return self.bad_escape(start, other.len_utf8()),
            _ => return self.bad_escape(start, 0),
        };
        self.at += decoded_width(decoded, close);
        Some(decoded)
    }

    fn unicode_escape(&mut self, start: usize) -> Option<char> {
        let Some(unit) = self.hex_after("u") else { return self.bad_escape(start, 1) };
        self.at += 5;
        if let Some(decoded) = char::from_u32(unit) {
            return Some(decoded);
        }
        let low = self.hex_after("\\u").filter(|low| (0xdc00..=0xdfff).contains(low));
        if let (0xd800..=0xdbff, Some(low)) = (unit, low) {
            self.at += 6;
            return char::from_u32(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
        }
        let message = "this escape is one half of a character, and the other half is missing";
        let lone = Diagnostic::error("json-lone-surrogate", Span::new(start, self.at), message);
        self.report.say(lone.with_help("write the character itself: JSON is UTF-8"))?;
        Some(UNREADABLE)
    }

    /// The four hexadecimal digits that follow `prefix` here.
    fn hex_after(&self, prefix: &str) -> Option<u32> {
        let digits = self.rest().strip_prefix(prefix)?.get(..4)?;
        let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| hex)
    }

    fn bad_escape(&mut self, start: usize, width: usize) -> Option<char> {
        self.at += width;
        let span = Span::new(start, self.at);
        let written = self.text.get(span.range()).unwrap_or("");
        let message = format!("`{written}` is no escape sequence of JSON");
        let help = "write `\\\\` for a backslash, and four hexadecimal digits after `\\u`";
        self.report.say(Diagnostic::error("json-escape", span, message).with_help(help))?;
        Some(UNREADABLE)
    }
}

/// How many bytes stand after the backslash of an escape that gave `decoded`.
fn decoded_width(decoded: char, close: char) -> usize {
    if decoded == close { close.len_utf8() } else { 1 }
}

fn unclosed(span: Span) -> Diagnostic {
    Diagnostic::error("json-unclosed-string", span, "this string is never closed")
        .with_help("write the closing `\"`")
}

fn wrong_quotes(span: Span, open: char) -> Diagnostic {
    let message = format!("the quote `{open}` does not begin a string in JSON");
    Diagnostic::error("json-quotes", span, message).with_help("write `\"` on both sides")
}
