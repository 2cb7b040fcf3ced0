//! The tree itself.

use crate::Span;

/// One value of the text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The bytes of the text that this value was read from.
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
    /// A JSON `null`, or nothing where YAML expects a value. The text is empty or `null`.
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

    /// The value under `key`, where this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.iter().find(|entry| &*entry.key.text == key).map(|entry| &entry.value)
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
