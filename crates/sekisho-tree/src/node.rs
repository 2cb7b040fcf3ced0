//! The tree itself.
//!
//! It says what was written, not what it means: there are no integers, dates or Booleans in it.

use crate::Span;

/// One value of the text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The bytes of the text that this value was read from: a string with its quotes, a list with
    /// its brackets, neither with its tag. What a YAML alias stands for keeps the place of its anchor.
    pub span: Span,
    /// The YAML tag in front of it, without the `!` (`Ref`, `Sub`, `GetAtt`). JSON has none.
    pub tag: Option<Box<str>>,
    /// What stands there.
    pub value: Value,
}

/// What stands at a [`Node`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, a number, a Boolean or null: kept as written until somebody knows its type.
    Scalar(Box<str>, Style),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the text; keys are unique (a repeated key is a diagnostic, the first stays).
    Map(Vec<Entry>),
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// In quotes, or a YAML block scalar: surely text.
    Quoted,
    /// A YAML plain scalar: text, until its reader wants something else.
    Plain,
    /// A JSON number.
    Number,
    /// A JSON `true` or `false`.
    Bool,
    /// `null` (in YAML also `~`, `Null`, `NULL`), or nothing where YAML expects a value. The text
    /// is as written, so it may be empty.
    Null,
}

/// One entry of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its key.
    pub key: Key,
    /// Its value.
    pub value: Node,
}

/// The key of an [`Entry`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The text, unescaped.
    pub text: Box<str>,
    /// Where it stands (with its quotes).
    pub span: Span,
}

impl Node {
    /// A node without a tag.
    pub fn new(span: Span, value: Value) -> Self {
        Self { span, tag: None, value }
    }

    /// The text of a scalar that may be read as text: quoted, or plain YAML.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text, Style::Quoted | Style::Plain) => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar as written, and how it was written.
    pub fn as_scalar(&self) -> Option<(&str, Style)> {
        match &self.value {
            Value::Scalar(text, style) => Some((text, *style)),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a map.
    pub fn as_map(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The entry of `key`, where this is a map that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.as_map()?.iter().find(|entry| &*entry.key.text == key)
    }

    /// The value under `key`, where this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// What this is, in words for a message: `a string`, `a number`, `a list` …
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Scalar(_, Style::Quoted | Style::Plain) => "a string",
            Value::Scalar(_, Style::Number) => "a number",
            Value::Scalar(_, Style::Bool) => "a Boolean",
            Value::Scalar(_, Style::Null) => "null",
            Value::List(_) => "a list",
            Value::Map(_) => "an object",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_json;

    #[test]
    fn every_kind_has_its_word_and_its_reader() {
        for (text, kind, reads) in [
            ("\"a\"", "a string", [true, true, false, false]),
            ("1", "a number", [false, true, false, false]),
            ("true", "a Boolean", [false, true, false, false]),
            ("null", "null", [false, true, false, false]),
            ("[]", "a list", [false, false, true, false]),
            ("{}", "an object", [false, false, false, true]),
        ] {
            let node = read_json(text).into_result().unwrap();
            let readers = [
                node.as_text().is_some(),
                node.as_scalar().is_some(),
                node.as_list().is_some(),
                node.as_map().is_some(),
            ];
            assert_eq!((node.kind(), readers), (kind, reads), "{text}");
        }
    }

    #[test]
    fn entries_are_found_by_key() {
        let node = read_json("{\"a\": 1, \"b\": \"x\"}").into_result().unwrap();
        assert_eq!(node.get("b").and_then(Node::as_text), Some("x"));
        assert_eq!(node.entry("a").map(|entry| entry.key.span), Some(Span::new(1, 4)));
        assert_eq!(node.get("c"), None);
        assert_eq!(node.get("b").and_then(|text| text.get("x")), None);
    }
}
