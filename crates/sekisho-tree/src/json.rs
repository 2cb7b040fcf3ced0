//! JSON as RFC 8259 has it, and what to say about text that only looks like it.
//!
//! <https://www.rfc-editor.org/rfc/rfc8259>
//!
//! AWS takes policies as strict JSON and says `MalformedPolicyDocument` about everything else.
//! This reader is as strict, but knows what people write instead (a trailing comma, a comment,
//! single quotes, quotes from a word processor) and goes on after it: each gets a diagnostic of
//! its own, and where it is plain what was meant the tree is given as well.
//!
//! It is a recursive descent over the bytes, bounded by [`DEPTH_MAX`]. Every function that reads
//! gives `None` where reading has to stop; the reason is in the report by then.

mod space;
mod string;
mod word;

use crate::diagnostic::shown;
use crate::keys::drop_repeated;
use crate::report::Report;
use crate::source::BYTE_ORDER_MARK;
use crate::{DEPTH_MAX, Diagnostic, Entry, Key, NODES_MAX, Node, Read, Span, Style, Value};

/// Reads a text as strict JSON.
pub fn read_json(text: &str) -> Read {
    let mut reader = Reader { text, at: 0, nodes: 0, report: Report::default() };
    let node = reader.document();
    reader.report.finish(node)
}

/// A place in the text, and what was found up to it.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    nodes: usize,
    report: Report,
}

/// A list or map that is being read.
struct Bracket {
    opened: usize,
    open: char,
    close: u8,
}

impl Reader<'_> {
    fn document(&mut self) -> Option<Node> {
        if self.text.starts_with(BYTE_ORDER_MARK) {
            self.at = BYTE_ORDER_MARK.len_utf8();
        }
        self.space()?;
        if self.peek().is_none() {
            let empty =
                Diagnostic::error("empty-text", self.here(), "there is no JSON in this text");
            return self.report.stop(empty.with_help("the shortest JSON object is `{}`"));
        }
        let node = self.value(0)?;
        self.space()?;
        if self.peek().is_some() {
            let rest = Span::new(self.at, self.text.trim_end().len());
            let message = "there is more text after the end of the JSON value";
            let more = Diagnostic::error("json-trailing-text", rest, message);
            self.report.stop::<()>(more.with_help("remove it, or check the brackets before it"))?;
        }
        Some(node)
    }

    /// The value here, at most [`DEPTH_MAX`] lists and maps deep.
    fn value(&mut self, depth: usize) -> Option<Node> {
        match self.peek() {
            Some(b'{') => self.map(depth + 1),
            Some(b'[') => self.list(depth + 1),
            Some(b',' | b']' | b'}') => self.missing_value(),
            _ if self.at_quote().is_some() => {
                let (text, span) = self.string()?;
                self.node(span, Value::Scalar(text, Style::Quoted))
            }
            _ => self.word(),
        }
    }

    fn list(&mut self, depth: usize) -> Option<Node> {
        let bracket = self.open('[', b']', depth)?;
        let mut items = Vec::new();
        while self.next_item(&bracket, items.is_empty())? {
            items.push(self.value(depth)?);
        }
        self.node(Span::new(bracket.opened, self.at), Value::List(items))
    }

    fn map(&mut self, depth: usize) -> Option<Node> {
        let bracket = self.open('{', b'}', depth)?;
        let mut entries = Vec::new();
        while self.next_item(&bracket, entries.is_empty())? {
            let key = self.key()?;
            self.colon(&key)?;
            entries.push(Entry { key, value: self.value(depth)? });
        }
        drop_repeated(&mut entries, self.text, &mut self.report)?;
        self.node(Span::new(bracket.opened, self.at), Value::Map(entries))
    }

    fn open(&mut self, open: char, close: u8, depth: usize) -> Option<Bracket> {
        let bracket = Bracket { opened: self.at, open, close };
        self.at += 1;
        if depth > DEPTH_MAX {
            let span = Span::new(bracket.opened, self.at);
            let message = format!("more than {DEPTH_MAX} lists and objects inside one another");
            return self.report.stop(Diagnostic::error("too-deep", span, message));
        }
        Some(bracket)
    }

    /// Goes to the next item of a list or map, or past its closing bracket, and says which.
    fn next_item(&mut self, bracket: &Bracket, first: bool) -> Option<bool> {
        let end_of_last = self.at;
        let mut comma = None;
        loop {
            self.space()?;
            let here = Span::new(self.at, self.at + 1);
            match self.peek() {
                Some(byte) if byte == bracket.close => {
                    if let Some(comma) = comma.filter(|_| !first) {
                        self.report.say(trailing_comma(comma, bracket))?;
                    }
                    self.at += 1;
                    return Some(false);
                }
                Some(b',') => {
                    if first || comma.is_some() {
                        self.report.say(extra_comma(here))?;
                    }
                    comma = Some(here);
                    self.at += 1;
                }
                None => return self.report.stop(unclosed(bracket)),
                Some(b']' | b'}') => return self.report.stop(mismatched(here, bracket)),
                Some(_) if first || comma.is_some() => return Some(true),
                Some(_) if self.starts_item() => {
                    self.report.say(missing_comma(end_of_last))?;
                    return Some(true);
                }
                Some(_) => return self.unexpected("a comma or the closing bracket"),
            }
        }
    }

    fn key(&mut self) -> Option<Key> {
        if self.at_quote().is_some() {
            let (text, span) = self.string()?;
            return Some(Key { text, span });
        }
        self.bare_key()
    }

    fn colon(&mut self, key: &Key) -> Option<()> {
        self.space()?;
        match self.peek() {
            Some(b':') => self.at += 1,
            Some(b'=') => {
                let start = self.at;
                self.at += if self.rest().starts_with("=>") { 2 } else { 1 };
                let span = Span::new(start, self.at);
                let wrong = Diagnostic::error("json-colon", span, "this is no colon");
                self.report.say(wrong.with_help("write `:` between a key and its value"))?;
            }
            Some(b',' | b']' | b'}') | None => {}
            Some(_) if self.starts_item() => {
                let message = format!("there is no colon after the key `{}`", shown(&key.text));
                let end = key.span.end as usize;
                let missing = Diagnostic::error("json-colon", Span::new(end, end), message);
                self.report.say(missing.with_help("write `:` between a key and its value"))?;
            }
            Some(_) => return self.unexpected("a colon"),
        }
        self.space()
    }

    /// Null in place of a value that is not there.
    fn missing_value(&mut self) -> Option<Node> {
        let span = self.here();
        let missing = Diagnostic::error("json-missing-value", span, "a value is missing here")
            .with_help("write a value, or remove the key");
        self.report.doubt(missing)?;
        self.node(Span::new(self.at, self.at), Value::Scalar("".into(), Style::Null))
    }

    fn node(&mut self, span: Span, value: Value) -> Option<Node> {
        self.nodes += 1;
        if self.nodes > NODES_MAX {
            let message = format!("this text has more than {NODES_MAX} values");
            return self.report.stop(Diagnostic::error("too-many-nodes", span, message));
        }
        Some(Node::new(span, value))
    }

    /// Stops at something that nothing sensible can be made of.
    fn unexpected<T>(&mut self, wanted: &str) -> Option<T> {
        let found = match self.rest().chars().next() {
            None => "the text ends".to_owned(),
            Some(found) if found.is_control() => {
                format!("the control character U+{:04X} stands", u32::from(found))
            }
            Some(found) => format!("`{found}` stands"),
        };
        let message = format!("{found} where {wanted} is expected");
        self.report.stop(Diagnostic::error("json-unexpected", self.here(), message))
    }

    /// Whether a key or a value can begin here.
    fn starts_item(&self) -> bool {
        matches!(self.peek(), Some(b'{' | b'[')) || self.at_quote().is_some() || self.at_word()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The character here. Empty at the end of the text.
    fn here(&self) -> Span {
        let width = self.rest().chars().next().map_or(0, char::len_utf8);
        Span::new(self.at, self.at + width)
    }
}

fn trailing_comma(comma: Span, bracket: &Bracket) -> Diagnostic {
    let message = format!("a comma before the closing `{}`", char::from(bracket.close));
    Diagnostic::error("json-trailing-comma", comma, message)
        .with_help("remove the comma: JSON has one between two items only")
}

fn extra_comma(comma: Span) -> Diagnostic {
    Diagnostic::error("json-extra-comma", comma, "there is nothing in front of this comma")
        .with_help("remove the comma, or write what belongs in front of it")
}

fn missing_comma(end_of_last: usize) -> Diagnostic {
    let span = Span::new(end_of_last, end_of_last);
    Diagnostic::error("json-missing-comma", span, "a comma is missing after this item")
        .with_help("write `,` between two items")
}

fn unclosed(bracket: &Bracket) -> Diagnostic {
    let span = Span::new(bracket.opened, bracket.opened + 1);
    let message = format!("this `{}` is never closed", bracket.open);
    Diagnostic::error("json-unclosed", span, message)
        .with_help(format!("write `{}` where it ends", char::from(bracket.close)))
}

fn mismatched(found: Span, bracket: &Bracket) -> Diagnostic {
    let close = char::from(bracket.close);
    let message = format!("the wrong closing bracket for a `{}`", bracket.open);
    Diagnostic::error("json-mismatched", found, message).with_help(format!("write `{close}` here"))
}

#[cfg(test)]
mod tests;
