//! YAML, by way of the events of `granit-parser`.
//!
//! <https://yaml.org/spec/1.2.2/>
//!
//! Scalars stay text: whether `yes`, `012` or `2012-10-17` is a Boolean, a number or a date is for
//! the reader of the property to say. A local tag (`!Sub`) is kept without its `!`; `!!str` makes a
//! plain scalar surely text, and the other tags of YAML itself are dropped, since types are not
//! decided here. Aliases and merge keys are expanded within a budget (the `size` module), so the tree has neither.
//!
//! **Why JSON has a reader of its own.** Measured by the tests with `granit-parser` 2.2.0, JSON
//! read as YAML gives the same tree (numbers and Booleans being plain), tabs, `\/`, escapes and
//! surrogate pairs included, except that YAML
//! - refuses some characters in a string as they are (U+007F to U+009F but U+0085, U+FFFE and
//!   U+FFFF), and escapes of half a surrogate pair;
//! - refuses a key of more than 1,024 characters;
//! - takes what is no JSON (comments, a trailing comma, words without quotes, a key without a
//!   value, `[a: b]`) without a word, where AWS refuses the policy;
//! - stops at the first problem, and reads at about a fifth of the speed.

mod build;
mod size;
mod syntax;

use granit_parser::{Event, Parser, options};

use crate::{DEPTH_MAX, Diagnostic, Node, Read, Span, Style, Value};
use build::Builder;

/// Reads a text as YAML: the first document in it.
pub fn read_yaml(text: &str) -> Read {
    let mut builder = Builder::new(text);
    let node = read(text, &mut builder);
    let mut report = builder.into_report();
    let node = match node {
        Some(node) if is_nothing(&node) => report.stop(empty(text)),
        node => node,
    };
    report.finish(node)
}

fn read<'t>(text: &'t str, builder: &mut Builder<'t>) -> Option<Node> {
    let options = options! {
        emit_unresolved_aliases: true,
        emit_comments: false,
        flow_nesting_limit: DEPTH_MAX,
        block_nesting_limit: DEPTH_MAX,
    };
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = match event {
            Ok(read) => read,
            Err(error) => return builder.report().stop(syntax::diagnostic(&error, text)),
        };
        if matches!(event, Event::DocumentStart(..)) {
            documents += 1;
            if documents > 1 {
                builder.report().say(several_documents(own_span(&span)))?;
                break;
            }
        }
        builder.event(event, &span)?;
    }
    Some(builder.root().unwrap_or_else(nothing))
}

/// The place of an event.
fn own_span(span: &granit_parser::Span) -> Span {
    let range = span.byte_range().unwrap_or_default();
    Span::new(range.start, range.end)
}

fn too_deep(span: Span) -> Diagnostic {
    let message = format!("more than {DEPTH_MAX} lists and maps inside one another");
    Diagnostic::error("too-deep", span, message)
}

fn nothing() -> Node {
    Node::new(Span::default(), Value::Scalar("".into(), Style::Null))
}

fn is_nothing(node: &Node) -> bool {
    node.tag.is_none() && matches!(node.as_scalar(), Some(("", Style::Null)))
}

fn empty(text: &str) -> Diagnostic {
    let end = Span::new(text.len(), text.len());
    Diagnostic::error("empty-text", end, "there is no YAML in this text")
}

fn several_documents(span: Span) -> Diagnostic {
    let message = "a second YAML document begins here, and only the first is read";
    Diagnostic::error("several-documents", span, message)
        .with_help("remove the `---`, or make it a file of its own")
}

#[cfg(test)]
mod tests;
