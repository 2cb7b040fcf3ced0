//! What the tests of both readers say about a result.

use crate::{Entry, Node, Read, Span, Style, Value};

/// The text of a span, which has to be one.
pub(crate) fn at(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap()
}

/// The codes a text got, each with the text its span covers.
pub(crate) fn found<'t>(read: &Read, text: &'t str) -> Vec<(&'static str, &'t str)> {
    read.diagnostics.iter().map(|found| (found.code, at(text, found.span))).collect()
}

/// The tree as one line, or `-`: `["quoted" plain null() !Sub "a" {k=v}]`.
pub(crate) fn tree(read: &Read) -> String {
    read.node.as_ref().map_or("-".to_owned(), written)
}

fn written(node: &Node) -> String {
    let tag = node.tag.as_ref().map_or(String::new(), |tag| format!("!{tag} "));
    tag + &match &node.value {
        Value::Scalar(text, Style::Quoted) => format!("{text:?}"),
        Value::Scalar(text, Style::Null) => format!("null({text})"),
        Value::Scalar(text, _) => text.to_string(),
        Value::List(items) => {
            format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(" "))
        }
        Value::Map(entries) => {
            let entry = |entry: &Entry| format!("{}={}", entry.key.text, written(&entry.value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(" "))
        }
    }
}
