//! Events in, tree out.
//!
//! The open lists and maps are a stack, so nothing here recurses over the text. `None` means that
//! reading has to stop; the reason is in the report by then.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem;

use granit_parser::{Event, ScalarStyle, Tag};

use super::size::{Anchored, Size};
use super::{own_span, too_deep};
use crate::diagnostic::shown;
use crate::keys::{DUPLICATE_KEY, drop_repeated, keep_first};
use crate::report::Report;
use crate::{DEPTH_MAX, Diagnostic, Entry, Key, NODES_MAX, Node, Span, Style, Value};

/// The namespace of YAML's own tags, which `!!` stands for.
const YAML_TAGS: &str = "tag:yaml.org,2002:";

/// The ways to write null in the core schema, besides nothing.
const NULLS: [&str; 4] = ["~", "null", "Null", "NULL"];

/// The tree so far.
pub(super) struct Builder<'t> {
    text: &'t str,
    report: Report,
    open: Vec<Open>,
    root: Option<Node>,
    /// By the number `granit-parser` gives each anchor.
    anchors: BTreeMap<usize, Anchored>,
    /// Of the tree.
    size: Size,
    /// Of the copies that are kept for aliases.
    kept: Size,
}

/// A list or map whose end has not been seen.
struct Open {
    span: Span,
    tag: Option<Box<str>>,
    anchor: usize,
    content: Content,
    /// Of the tree, when this was opened.
    size_before: Size,
    /// Of the highest item.
    height: usize,
}

enum Content {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, merged: Vec<Entry>, slot: Slot },
}

/// What a map expects next.
enum Slot {
    Key,
    Value(Key),
    /// What `<<` brings in.
    Merge(Span),
    /// The value of a key that is none.
    Unkeyed,
}

/// A finished value on its way into the list or map around it.
struct Finished {
    node: Node,
    /// Where it was written: for an alias not the place of the node.
    written: Span,
    height: usize,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            report: Report::default(),
            open: Vec::new(),
            root: None,
            anchors: BTreeMap::new(),
            size: Size::default(),
            kept: Size::default(),
        }
    }

    pub(super) fn report(&mut self) -> &mut Report {
        &mut self.report
    }

    pub(super) fn into_report(self) -> Report {
        self.report
    }

    /// The finished tree, if there is one.
    pub(super) fn root(&mut self) -> Option<Node> {
        self.root.take()
    }

    pub(super) fn event(&mut self, event: Event<'t>, place: &granit_parser::Span) -> Option<()> {
        let span = own_span(place);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let tag_span = place.tag_span().map(|tag| own_span(&tag));
                let span = if is_block(style) { self.without_last_break(span) } else { span };
                self.scalar(scalar(text, style, tag.as_deref(), span, tag_span), anchor)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.start(Content::List(Vec::new()), span, anchor, tag.as_deref())
            }
            Event::MappingStart(_, anchor, tag) => {
                let content =
                    Content::Map { entries: Vec::new(), merged: Vec::new(), slot: Slot::Key };
                self.start(content, span, anchor, tag.as_deref())
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::UnresolvedAlias(name) => self.unknown_anchor(&name, span),
            _ => Some(()),
        }
    }

    fn scalar(&mut self, node: Node, anchor: usize) -> Option<()> {
        let size = Size::of_text(node.as_scalar().map_or("", |(text, _)| text));
        self.grow(size, node.span)?;
        self.keep(anchor, &node, size, 0)?;
        self.attach(Finished { written: node.span, node, height: 0 })
    }

    /// The place of a block scalar up to its last word: what is underlined should not end in the
    /// next line.
    fn without_last_break(&self, span: Span) -> Span {
        let text = self.text.get(span.range()).unwrap_or("");
        let start = span.range().start;
        Span::new(start, start + text.trim_end().len())
    }

    fn start(
        &mut self,
        content: Content,
        span: Span,
        anchor: usize,
        tag: Option<&Tag>,
    ) -> Option<()> {
        if self.open.len() >= DEPTH_MAX {
            return self.report.stop(too_deep(span));
        }
        let size_before = self.size;
        self.grow(Size::of_text(""), span)?;
        let tag = tag.and_then(local_tag);
        self.open.push(Open { span, tag, anchor, content, size_before, height: 0 });
        Some(())
    }

    /// Closes the innermost list or map. One without brackets ends where its last item does, not
    /// where the parser found out.
    fn end(&mut self, end: Span) -> Option<()> {
        let open = self.open.pop()?;
        let mut span = open.span;
        if end.start < end.end {
            span.end = end.end;
        }
        let value = match open.content {
            Content::List(items) => Value::List(items),
            Content::Map { entries, merged, .. } => Value::Map(self.merge(entries, merged)?),
        };
        let node = Node { span, tag: open.tag, value };
        let height = open.height + 1;
        self.keep(open.anchor, &node, self.size.since(open.size_before), height)?;
        self.attach(Finished { written: span, node, height })
    }

    /// The entries of a map, and behind them those from `<<` whose keys it does not have.
    fn merge(&mut self, mut entries: Vec<Entry>, merged: Vec<Entry>) -> Option<Vec<Entry>> {
        drop_repeated(&mut entries, self.text, &mut self.report)?;
        if !merged.is_empty() {
            entries.extend(merged);
            keep_first(&mut entries);
        }
        Some(entries)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Option<()> {
        let Some(anchored) = self.anchors.get(&anchor) else {
            let name = shown(self.text.get(span.range()).unwrap_or(""));
            let message = format!("the alias `{name}` stands inside what it stands for");
            return self.report.stop(Diagnostic::error("recursive-alias", span, message));
        };
        let (size, height) = (anchored.size, anchored.height);
        if self.open.len() + height > DEPTH_MAX {
            return self.report.stop(too_deep(span));
        }
        self.grow(size, span)?;
        let node = self.anchors.get(&anchor)?.node.clone();
        self.attach(Finished { node, written: span, height })
    }

    fn unknown_anchor(&mut self, name: &str, span: Span) -> Option<()> {
        let message = format!("there is no anchor `&{}` before this alias", shown(name));
        let unknown = Diagnostic::error("unknown-anchor", span, message)
            .with_help("put the text in quotes if `*` is meant as it is");
        self.report.doubt(unknown)?;
        let node = Node::new(span, Value::Scalar("".into(), Style::Quoted));
        self.attach(Finished { node, written: span, height: 0 })
    }

    /// Notes that the tree grows by `size`, if it may.
    fn grow(&mut self, size: Size, span: Span) -> Option<()> {
        self.size = self.size.plus(size);
        if self.size.plus(self.kept).is_bearable() {
            return Some(());
        }
        let message = format!("this text has more than {NODES_MAX} values, or too much text");
        let large = Diagnostic::error("too-many-nodes", span, message);
        self.report.stop(large.with_help("aliases count as often as they are used"))
    }

    /// Keeps a copy of a node that has an anchor. `0` is the number of no anchor.
    fn keep(&mut self, anchor: usize, node: &Node, size: Size, height: usize) -> Option<()> {
        if anchor == 0 {
            return Some(());
        }
        self.kept = self.kept.plus(size);
        self.grow(Size::default(), node.span)?;
        self.anchors.insert(anchor, Anchored { node: node.clone(), size, height });
        Some(())
    }

    /// Puts a finished value where it belongs.
    fn attach(&mut self, finished: Finished) -> Option<()> {
        let Some(around) = self.open.last_mut() else {
            self.root = Some(finished.node);
            return Some(());
        };
        around.height = around.height.max(finished.height);
        around.span.end = around.span.end.max(finished.written.end);
        let (entries, merged, slot) = match &mut around.content {
            Content::List(items) => {
                items.push(finished.node);
                return Some(());
            }
            Content::Map { entries, merged, slot } => (entries, merged, slot),
        };
        match mem::replace(slot, Slot::Key) {
            Slot::Key => {
                // It was counted as a value when it came.
                self.size.nodes = self.size.nodes.saturating_sub(1);
                *slot = key_slot(finished, &mut self.report)?;
            }
            Slot::Value(key) => entries.push(Entry { key, value: finished.node }),
            Slot::Merge(span) => merge_in(finished.node, merged, span, &mut self.report)?,
            Slot::Unkeyed => {}
        }
        Some(())
    }
}

/// What a map expects after a key.
fn key_slot(finished: Finished, report: &mut Report) -> Option<Slot> {
    let (node, span) = (finished.node, finished.written);
    if let Some(tag) = &node.tag {
        let message = format!("a key cannot have the tag `!{}`", shown(tag));
        report.doubt(Diagnostic::error("tagged-key", span, message))?;
    }
    match node.value {
        Value::Scalar(text, Style::Plain) if &*text == "<<" => Some(Slot::Merge(span)),
        Value::Scalar(text, Style::Null) if text.is_empty() => {
            let missing = Diagnostic::error("missing-key", span, "there is no key before the `:`");
            report.doubt(missing.with_help("write a key, or `\"\"` for an empty one"))?;
            Some(Slot::Unkeyed)
        }
        Value::Scalar(text, _) => Some(Slot::Value(Key { text, span })),
        Value::List(_) | Value::Map(_) => {
            let message = "a key has to be a text, not a list or a map";
            let wrong = Diagnostic::error("non-scalar-key", span, message);
            report.doubt(wrong.with_help("put `{{ }}` and `[ ]` in quotes where they are text"))?;
            Some(Slot::Unkeyed)
        }
    }
}

/// Takes in what stands behind `<<`: a map, or a list of maps of which the first counts most.
fn merge_in(node: Node, merged: &mut Vec<Entry>, key: Span, report: &mut Report) -> Option<()> {
    if !merged.is_empty() {
        let again = Diagnostic::error(DUPLICATE_KEY, key, "the key `<<` stands here a second time");
        report.say(again.with_help("write one `<<: [*first, *second]`"))?;
        return Some(());
    }
    let parts = match node.value {
        Value::List(items) => items,
        value => vec![Node { value, ..node }],
    };
    for part in parts {
        let Value::Map(entries) = part.value else {
            let wrong = Diagnostic::error("bad-merge", key, "`<<` takes a map or a list of maps");
            return report.doubt(wrong.with_help("put `<<` in quotes if it is an ordinary key"));
        };
        merged.extend(entries);
    }
    Some(())
}

/// A scalar as a node. One that has a tag and no text stands where its tag does.
fn scalar(
    text: Cow<'_, str>,
    style: ScalarStyle,
    tag: Option<&Tag>,
    span: Span,
    tag_span: Option<Span>,
) -> Node {
    let plain = style == ScalarStyle::Plain;
    let absent = plain && span.start == span.end;
    let text = if absent { Cow::Borrowed("") } else { text };
    let is_text = !plain || tag.is_some_and(is_text_tag);
    let style = match &*text {
        _ if is_text => Style::Quoted,
        text if absent || NULLS.contains(&text) => Style::Null,
        _ => Style::Plain,
    };
    Node {
        span: tag_span.filter(|_| absent).unwrap_or(span),
        tag: tag.and_then(local_tag),
        value: Value::Scalar(text.into(), style),
    }
}

fn is_block(style: ScalarStyle) -> bool {
    matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
}

/// Whether a tag says that its scalar is text: `!!str`, or the bare `!`.
fn is_text_tag(tag: &Tag) -> bool {
    tag.is_yaml_core_schema_tag("str") || tag.parts() == ("", "!")
}

/// The tag without its `!`. None for the tags of YAML itself: types are not decided here.
fn local_tag(tag: &Tag) -> Option<Box<str>> {
    if tag.suffix_in_namespace(YAML_TAGS).is_some() || tag.parts() == ("", "!") {
        return None;
    }
    Some(match tag.original_parts() {
        ("!" | "", name) => name.into(),
        (handle, name) => format!("{}{name}", handle.strip_prefix('!').unwrap_or(handle)).into(),
    })
}
