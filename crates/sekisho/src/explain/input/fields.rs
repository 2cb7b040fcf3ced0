//! Reading typed values out of a tree: what is wrong is noted with its place, and reading goes on.

use std::rc::Rc;

use sekisho_iam::AccountId;
use sekisho_tree::{Diagnostic, Entry, Node, Source, Span, Style};

use crate::render::Finding;
use sekisho_iam::similar::closest;

/// Reads one text. Every complaint is about that text.
#[derive(Debug)]
pub(crate) struct Reader {
    /// The text.
    pub(crate) source: Rc<Source>,
    /// The complaints so far.
    pub(crate) findings: Vec<Finding>,
}

/// A map of which only some keys are known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'n> {
    node: &'n Node,
    what: &'static str,
}

impl<'n> Fields<'n> {
    /// The value of a key, where the map has it.
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.node.get(key)
    }

    /// Where to point at to mean the map: its first key.
    pub(crate) fn span(&self) -> Span {
        let first = self.node.as_map().and_then(|entries| entries.first());
        first.map_or(self.node.span, |entry| entry.key.span)
    }
}

impl Reader {
    /// A reader without complaints.
    pub(crate) fn new(source: Rc<Source>) -> Self {
        Self { source, findings: Vec::new() }
    }

    /// Notes something about this text.
    pub(crate) fn say(&mut self, diagnostic: Diagnostic) {
        self.findings.push(Finding { source: Rc::clone(&self.source), diagnostic });
    }

    /// Notes an error.
    pub(crate) fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.say(Diagnostic::error(code, span, message));
    }

    /// A map with these keys and no others. `what` names it in complaints: "`request`".
    pub(crate) fn fields<'n>(
        &mut self,
        node: &'n Node,
        what: &'static str,
        known: &[&str],
    ) -> Option<Fields<'n>> {
        for entry in self.map(node, what)? {
            if !known.contains(&&*entry.key.text) {
                self.say(unknown_key(entry, what, known));
            }
        }
        Some(Fields { node, what })
    }

    /// A map with any keys.
    pub(crate) fn map<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Entry]> {
        self.untagged(node)?;
        let entries = node.as_map();
        if entries.is_none() {
            self.wrong_type(node, &format!("{what} is an object"));
        }
        entries
    }

    /// A list.
    pub(crate) fn list<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Node]> {
        self.untagged(node)?;
        let items = node.as_list();
        if items.is_none() {
            self.wrong_type(node, &format!("{what} is a list"));
        }
        items
    }

    /// The value of a key that must be there.
    pub(crate) fn required<'n>(&mut self, fields: Fields<'n>, key: &str) -> Option<&'n Node> {
        let found = fields.get(key);
        if found.is_none() {
            let message = format!("{} lacks `{key}`", fields.what);
            self.error("missing-key", fields.span(), message);
        }
        found
    }

    /// A string. Numbers and Booleans of JSON are none: what they would become is not certain.
    pub(crate) fn text<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str> {
        self.untagged(node)?;
        let text = node.as_text();
        if text.is_none() {
            self.wrong_type(node, &format!("{what} is a string"));
        }
        text
    }

    /// The value of a key, if it is there, as a string.
    pub(crate) fn optional_text<'n>(&mut self, fields: Fields<'n>, key: &str) -> Option<&'n str> {
        let node = fields.get(key)?;
        self.text(node, &format!("`{key}`"))
    }

    /// A string, or a number or Boolean as it is written: the value of a condition key.
    pub(crate) fn scalar<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str> {
        self.untagged(node)?;
        match node.as_scalar() {
            Some((text, style)) if style != Style::Null => Some(text),
            _ => {
                self.wrong_type(node, &format!("{what} is a string, a number or a Boolean"));
                None
            }
        }
    }

    /// `true` or `false`.
    pub(crate) fn boolean(&mut self, node: &Node, what: &str) -> Option<bool> {
        match node.as_scalar() {
            Some(("true", Style::Bool | Style::Plain)) => Some(true),
            Some(("false", Style::Bool | Style::Plain)) => Some(false),
            _ => {
                self.wrong_type(node, &format!("{what} is `true` or `false`"));
                None
            }
        }
    }

    /// An account id.
    pub(crate) fn account(&mut self, node: &Node, what: &str) -> Option<AccountId> {
        let text = self.text(node, what)?;
        let account = AccountId::parse(text);
        if account.is_none() {
            let message = format!("`{text}` is not an account id: write its 12 digits, in quotes");
            self.error("account-id", node.span, message);
        }
        account
    }

    /// Notes that a value is not of the type that is wanted: "a policy is a path".
    pub(crate) fn wrong_type(&mut self, node: &Node, wanted: &str) {
        let message = format!("{wanted}, and this is {}", node.kind());
        let quote = node.as_scalar().is_some_and(|(_, style)| style != Style::Null);
        let diagnostic = Diagnostic::error("wrong-type", node.span, message);
        self.say(if quote && wanted.ends_with("a string") {
            diagnostic.with_help("put it in quotes")
        } else {
            diagnostic
        });
    }

    fn untagged(&mut self, node: &Node) -> Option<()> {
        let Some(tag) = &node.tag else { return Some(()) };
        let message = format!("`!{tag}` is not resolved here: write the value it stands for");
        self.error("tag", node.span, message);
        None
    }
}

fn unknown_key(entry: &Entry, what: &str, known: &[&str]) -> Diagnostic {
    let key = &*entry.key.text;
    let diagnostic =
        Diagnostic::error("unknown-key", entry.key.span, format!("{what} has no key `{key}`"));
    diagnostic.with_help(match closest(key, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("its keys are {}", known.join(", ")),
    })
}
