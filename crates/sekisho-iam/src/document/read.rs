//! Reads a policy: text or tree in, [`Document`] and everything that is wrong with it out.
//!
//! Reading does not stop at the first problem. Whatever AWS refuses when a policy is written is an
//! error here, and a policy with an error is no document: it denies. What AWS takes although it
//! cannot be meant (a condition without values) is a warning.
//!
//! Sources: IAM User Guide, "Grammar of the IAM JSON policy language" and the pages of each element;
//! answers of IAM recorded by the moto project (tests/test_iam/test_iam_policies.py).

use std::collections::BTreeSet;

use sekisho_tree::{Diagnostic, Entry, Node, Severity, Span, Style, Value, excerpt, read_json};

use super::rules::Rules;
use super::{Document, PolicyKind, Statement, Text, Version, limits};
use crate::similar::closest;

/// The most statements that are read. Every quota on the length of a policy is reached long before
/// (the shortest statement has some 50 characters, the longest policy 32,768).
pub const STATEMENTS_MAX: usize = 1_024;

/// The most values (actions, resources, principals, condition values) that are read. Four
/// characters each fill the longest policy AWS takes.
pub const VALUES_MAX: usize = 8_192;

/// The most problems that are listed, so that a hostile text does not become a long answer.
pub const DIAGNOSTICS_MAX: usize = 100;

/// The most characters of a value that are repeated in a message.
const SHOWN_CHARS_MAX: usize = 200;

/// What reading a policy gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadPolicy {
    /// The policy; `None` exactly where a diagnostic is an error. AWS would have refused it, and
    /// whoever meets it stored denies.
    pub document: Option<Document>,
    /// What is wrong, in the order of the text; at most [`DIAGNOSTICS_MAX`].
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// Reads a policy of `kind` from JSON text, and holds it against the length AWS takes.
    pub fn from_json(text: &str, kind: PolicyKind) -> ReadPolicy {
        let mut reader = Reader::new(kind);
        limits::check(text, kind).into_iter().for_each(|problem| reader.say(problem));
        let read = read_json(text);
        read.diagnostics.into_iter().for_each(|problem| reader.say(problem));
        let document = read.node.and_then(|node| reader.document(&node));
        reader.finish(document)
    }

    /// Reads a policy of `kind` from a tree: a template's property, or a policy in YAML. Plain YAML
    /// scalars are text, so `Version: 2012-10-17` needs no quotes.
    pub fn read(node: &Node, kind: PolicyKind) -> ReadPolicy {
        let mut reader = Reader::new(kind);
        let document = reader.document(node);
        reader.finish(document)
    }
}

/// Reads one policy and collects what is wrong with it.
pub(super) struct Reader {
    /// What is read.
    pub(super) kind: PolicyKind,
    /// What that must and may contain.
    pub(super) rules: Rules,
    diagnostics: Vec<Diagnostic>,
    refused: bool,
    values: usize,
    /// Every `Sid` so far.
    pub(super) sids: BTreeSet<Box<str>>,
}

impl Reader {
    /// A reader that has read nothing.
    pub(super) fn new(kind: PolicyKind) -> Self {
        let (rules, sids) = (Rules::of(kind), BTreeSet::new());
        Self { kind, rules, diagnostics: Vec::new(), refused: false, values: 0, sids }
    }

    fn finish(mut self, document: Option<Document>) -> ReadPolicy {
        // INVARIANT: there is a document exactly where there is no error.
        if document.is_none() && !self.refused {
            self.refuse("not-a-policy", Span::default(), "the text is not a policy");
        }
        let document = document.filter(|_| !self.refused);
        self.diagnostics.sort_by_key(|problem| problem.span.start);
        ReadPolicy { document, diagnostics: self.diagnostics }
    }

    /// Keeps a diagnostic. Where the list is full only the first error still enters it.
    pub(super) fn say(&mut self, problem: Diagnostic) {
        let first_error = problem.severity == Severity::Error && !self.refused;
        self.refused |= first_error;
        if first_error {
            self.diagnostics.truncate(DIAGNOSTICS_MAX - 1);
        }
        if self.diagnostics.len() < DIAGNOSTICS_MAX {
            self.diagnostics.push(problem);
        }
    }

    /// The name that was probably meant; not looked for where nobody would be told.
    pub(super) fn meant<'a>(
        &self,
        word: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Option<&'a str> {
        if self.diagnostics.len() < DIAGNOSTICS_MAX { closest(word, known) } else { None }
    }

    /// Says that AWS refuses the policy.
    pub(super) fn refuse(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.say(Diagnostic::error(code, span, message));
    }

    /// The same, with what to do about it.
    pub(super) fn refuse_with_help(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.say(Diagnostic::error(code, span, message).with_help(help));
    }

    /// Says that AWS takes it, and that it cannot be meant.
    pub(super) fn warn(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.say(Diagnostic::warning(code, span, message));
    }

    fn document(&mut self, node: &Node) -> Option<Document> {
        let entries = self.object(node, "a policy")?;
        self.known_names(entries, &["Version", "Id", "Statement"], "a policy");
        let version = self.version(entries, node.span);
        let id = find(entries, "Id").and_then(|entry| self.text(&entry.value, "Id"));
        let statements = self.statements(entries, node.span)?;
        Some(Document { version: version?, id, statements, span: node.span })
    }

    fn version(&mut self, entries: &[Entry], policy: Span) -> Option<Version> {
        let newest = self.rules.version_2012;
        let Some(entry) = find(entries, "Version") else {
            if newest {
                let message = format!("{} has no `Version`, and must have one", self.rules.name);
                let help = "begin with `\"Version\": \"2012-10-17\"`";
                self.refuse_with_help("old-version", policy, message, help);
            }
            return Some(Version::V2008);
        };
        let text = self.text(&entry.value, "Version")?;
        match &*text.text {
            "2012-10-17" => return Some(Version::V2012),
            "2008-10-17" if !newest => return Some(Version::V2008),
            "2008-10-17" => self.refuse_with_help(
                "old-version",
                text.span,
                format!("`Version` `2008-10-17` is not taken for {}", self.rules.name),
                "write `2012-10-17`",
            ),
            other => self.refuse_with_help(
                "unknown-version",
                text.span,
                format!("`{}` is no version of the policy language", shown(other)),
                "write `2012-10-17`: it names the language, not the day the policy was written",
            ),
        }
        None
    }

    fn statements(&mut self, entries: &[Entry], policy: Span) -> Option<Vec<Statement>> {
        let Some(entry) = find(entries, "Statement") else {
            self.refuse("missing-statement", policy, "the policy has no `Statement`");
            return None;
        };
        let items = match &entry.value.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(&entry.value),
        };
        if items.is_empty() {
            self.refuse("empty-statement", entry.value.span, "`Statement` lists no statement");
        }
        if let Some(extra) = items.get(STATEMENTS_MAX) {
            let (has, most) = (items.len(), STATEMENTS_MAX);
            let message = format!("the policy has {has} statements, and at most {most} are read");
            self.refuse("too-many-statements", extra.span, message);
        }
        let items = items.iter().take(STATEMENTS_MAX);
        let read: Vec<_> = items.map(|item| self.statement(item)).collect();
        Some(read.into_iter().flatten().collect())
    }

    /// The entries of an object without a YAML tag.
    pub(super) fn object<'a>(&mut self, node: &'a Node, what: &str) -> Option<&'a [Entry]> {
        if !self.is_resolved(node) {
            return None;
        }
        let entries = node.as_map();
        if entries.is_none() {
            let message = format!("{what} is an object, not {}", node.kind());
            self.refuse("wrong-type", node.span, message);
        }
        entries
    }

    /// Refuses names that are not in `known`, and names the one that was probably meant.
    pub(super) fn known_names(&mut self, entries: &[Entry], known: &[&'static str], place: &str) {
        for key in entries.iter().map(|entry| &entry.key) {
            if known.contains(&&*key.text) {
                continue;
            }
            let message = format!("`{}` is not an element of {place}", shown(&key.text));
            let problem = Diagnostic::error("unknown-element", key.span, message);
            self.say(match self.meant(&key.text, known.iter().copied()) {
                Some(meant) => problem.with_help(format!("did you mean `{meant}`?")),
                None => problem.with_help(format!("it takes {}", listed(known))),
            });
        }
    }

    /// One string.
    pub(super) fn text(&mut self, node: &Node, element: &str) -> Option<Text> {
        if !self.is_resolved(node) {
            return None;
        }
        let Some(text) = node.as_text() else {
            let kind = node.kind();
            self.refuse("wrong-type", node.span, format!("`{element}` takes text, not {kind}"));
            return None;
        };
        self.counted(text, node.span)
    }

    /// One string, or a list of them.
    pub(super) fn texts(&mut self, node: &Node, element: &str) -> Option<Vec<Text>> {
        match &node.value {
            Value::List(items) => {
                Some(items.iter().filter_map(|item| self.text(item, element)).collect())
            }
            _ => self.text(node, element).map(|text| vec![text]),
        }
    }

    /// One value of a condition: text, or a number or Boolean as it was written.
    pub(super) fn scalar(&mut self, node: &Node, key: &str) -> Option<Text> {
        match &node.value {
            Value::Scalar(text, style) if *style != Style::Null && self.is_resolved(node) => {
                self.counted(text, node.span)
            }
            _ => {
                let message =
                    format!("`{}` is compared with text, not {}", shown(key), node.kind());
                self.refuse("wrong-type", node.span, message);
                None
            }
        }
    }

    /// A YAML tag (`!Ref`) is a question that somebody else has to answer first.
    fn is_resolved(&mut self, node: &Node) -> bool {
        let Some(tag) = &node.tag else { return true };
        let message = format!("`!{}` must be resolved before the policy is read", shown(tag));
        self.refuse("unresolved-tag", node.span, message);
        false
    }

    fn counted(&mut self, text: &str, span: Span) -> Option<Text> {
        self.values += 1;
        if self.values == VALUES_MAX + 1 {
            let message = format!("the policy has more than {VALUES_MAX} values");
            self.refuse("too-many-values", span, message);
        }
        (self.values <= VALUES_MAX).then(|| Text { text: text.into(), span })
    }
}

/// The entry called `name`.
pub(super) fn find<'a>(entries: &'a [Entry], name: &str) -> Option<&'a Entry> {
    entries.iter().find(|entry| &*entry.key.text == name)
}

/// The beginning of a value, for a message.
pub(super) fn shown(text: &str) -> String {
    excerpt(text, SHOWN_CHARS_MAX)
}

/// "`A`, `B` and `C`".
pub(super) fn listed(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
