//! The `policies` of a request file: each inline, or in a file of its own.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use sekisho_iam::document::{Document, ReadPolicy};
use sekisho_iam::request::Family;
use sekisho_iam::{LayerKind, Policies, Policy, PolicyKind, Request};
use sekisho_tree::{Diagnostic, Node, Source};

use super::fields::{Fields, Reader};
use super::grants;
use crate::explain::case::{PolicyAt, Texts};
use crate::files;
use crate::render::Finding;

/// The most policies of one request. AWS lets about sixty bear on one: twenty managed ones, five a
/// level of the organization, and a few inline.
const POLICIES_MAX: usize = 256;

const KEYS: [&str; 10] = [
    "identity",
    "boundary",
    "session",
    "scps",
    "rcps",
    "endpoint",
    "resource",
    "grants",
    "restrict-public-buckets",
    "management-account",
];

/// What reading the policies needs and gathers.
pub(super) struct Shelf<'r> {
    /// The reader of the request file.
    pub(super) reader: &'r mut Reader,
    /// The folder of the request file: paths of policies start there.
    pub(super) folder: PathBuf,
    /// What `policies.resource` is.
    pub(super) resource_kind: PolicyKind,
    /// Where each policy's text stands.
    pub(super) texts: Texts,
}

/// What kind of policy the resource of this request has.
pub(super) fn resource_kind(request: &Request) -> PolicyKind {
    match request.family() {
        Family::Key => PolicyKind::Key,
        Family::Trust => PolicyKind::Trust,
        Family::Ordinary if request.service() == "s3" => PolicyKind::Bucket,
        Family::Ordinary => PolicyKind::Resource,
    }
}

impl Shelf<'_> {
    /// Reads `policies`.
    pub(super) fn read(&mut self, node: &Node) -> Policies {
        let Some(fields) = self.reader.fields(node, "`policies`", &KEYS) else {
            return Policies::default();
        };
        Policies {
            identity: self.many(fields, LayerKind::Identity).unwrap_or_default(),
            boundary: self.one(fields, LayerKind::Boundary),
            session: self.many(fields, LayerKind::Session),
            scps: self.levels(fields, LayerKind::Scp),
            rcps: self.levels(fields, LayerKind::Rcp),
            endpoint: self.one(fields, LayerKind::Endpoint),
            resource: self.one(fields, LayerKind::Resource),
            grants: fields
                .get("grants")
                .map_or_else(Vec::new, |node| grants::read(self.reader, node)),
            restrict_public_buckets: self.flag(fields, "restrict-public-buckets"),
            management_account: fields
                .get("management-account")
                .and_then(|node| self.reader.account(node, "`management-account`")),
        }
    }

    fn flag(&mut self, fields: Fields<'_>, key: &str) -> bool {
        let flag = fields.get(key).and_then(|node| self.reader.boolean(node, &format!("`{key}`")));
        flag.unwrap_or_default()
    }

    fn one(&mut self, fields: Fields<'_>, layer: LayerKind) -> Option<Policy> {
        let node = fields.get(key(layer))?;
        self.policy(node, PolicyAt { layer, level: None, index: 0 })
    }

    fn many(&mut self, fields: Fields<'_>, layer: LayerKind) -> Option<Vec<Policy>> {
        let node = fields.get(key(layer))?;
        let what = format!("`{}`", key(layer));
        Some(self.items(node, &what, |index| PolicyAt { layer, level: None, index }))
    }

    fn levels(&mut self, fields: Fields<'_>, layer: LayerKind) -> Vec<Vec<Policy>> {
        let key = key(layer);
        let Some(levels) =
            fields.get(key).and_then(|node| self.reader.list(node, &format!("`{key}`")))
        else {
            return Vec::new();
        };
        let mut read = Vec::new();
        for (level, node) in levels.iter().enumerate() {
            if node.as_list().is_none() {
                self.reader.say(flat_levels(key, node));
                continue;
            }
            let at = |index| PolicyAt { layer, level: Some(level), index };
            read.push(self.items(node, "a level", at));
        }
        read
    }

    fn items(&mut self, node: &Node, what: &str, at: impl Fn(usize) -> PolicyAt) -> Vec<Policy> {
        let items = self.reader.list(node, what).unwrap_or_default();
        items.iter().enumerate().filter_map(|(index, item)| self.policy(item, at(index))).collect()
    }

    /// A policy: a path, a document, or a map of a name and one of the two.
    fn policy(&mut self, node: &Node, at: PolicyAt) -> Option<Policy> {
        if self.texts.len() >= POLICIES_MAX {
            let message =
                format!("there are more than {POLICIES_MAX} policies, the most that are read");
            self.reader.error("too-many-policies", node.span, message);
            return None;
        }
        if node.as_list().is_some() {
            self.reader.wrong_type(node, "a policy is a path or an object");
            return None;
        }
        if node.as_map().is_none() {
            return self.file(None, node, at);
        }
        if node.get("Statement").is_some() || node.get("Version").is_some() {
            return Some(self.inline(None, node, at));
        }
        let fields = self.reader.fields(node, "a policy", &["name", "document", "file"])?;
        let name = self.reader.optional_text(fields, "name").map(str::to_owned);
        match (fields.get("document"), fields.get("file")) {
            (Some(document), None) => Some(self.inline(name, document, at)),
            (None, Some(path)) => self.file(name, path, at),
            _ => {
                let message = "a policy has either a `document` or a `file`";
                self.reader.error("policy", fields.span(), message);
                None
            }
        }
    }

    fn inline(&mut self, name: Option<String>, node: &Node, at: PolicyAt) -> Policy {
        let source = Rc::clone(&self.reader.source);
        let name = name.unwrap_or_else(|| default_name(at));
        self.document(name, node, source, at)
    }

    fn file(&mut self, name: Option<String>, node: &Node, at: PolicyAt) -> Option<Policy> {
        let path = self.reader.text(node, "the path of a policy")?;
        let source = match files::read_beside(&self.folder, path) {
            Ok(source) => source,
            Err(why) => {
                let message = format!("cannot read `{}`: {}", why.at, why.message);
                self.reader.error("policy-file", node.span, message);
                return None;
            }
        };
        let read = files::policy_tree(&source);
        let fatal = read.has_errors();
        self.note(&source, read.diagnostics);
        let tree = read.node.filter(|_| !fatal)?;
        let name = name.unwrap_or_else(|| file_name(path));
        Some(self.document(name, &tree, source, at))
    }

    fn document(&mut self, name: String, node: &Node, source: Rc<Source>, at: PolicyAt) -> Policy {
        let ReadPolicy { document, diagnostics } = Document::read(node, self.kind(at.layer));
        self.note(&source, diagnostics);
        self.texts.insert(at, source);
        Policy { name, document }
    }

    fn note(&mut self, source: &Rc<Source>, diagnostics: Vec<Diagnostic>) {
        let finding = |diagnostic| Finding { source: Rc::clone(source), diagnostic };
        self.reader.findings.extend(diagnostics.into_iter().map(finding));
    }

    fn kind(&self, layer: LayerKind) -> PolicyKind {
        match layer {
            LayerKind::Session => PolicyKind::Session,
            LayerKind::Scp => PolicyKind::Scp,
            LayerKind::Rcp => PolicyKind::Rcp,
            // Managed or inline, nobody says which: a managed one must have a version, so what
            // is right in an inline one is right in both.
            LayerKind::Identity => PolicyKind::RoleInline,
            LayerKind::Endpoint => PolicyKind::Endpoint,
            LayerKind::Resource => self.resource_kind,
            _ => PolicyKind::Managed,
        }
    }
}

/// Says that a policy stands where a level is wanted: the list of lists is easily written flat.
fn flat_levels(key: &str, node: &Node) -> Diagnostic {
    let message = format!("a level of `{key}` is a list of policies, and this is {}", node.kind());
    let help = format!(
        "`{key}` lists the levels from the root to the account: put the policies of each into a \
         list of their own"
    );
    Diagnostic::error("wrong-type", node.span, message).with_help(help)
}

/// The key of a layer in `policies`.
fn key(layer: LayerKind) -> &'static str {
    match layer {
        LayerKind::Identity => "identity",
        LayerKind::Boundary => "boundary",
        LayerKind::Session => "session",
        LayerKind::Scp => "scps",
        LayerKind::Rcp => "rcps",
        LayerKind::Endpoint => "endpoint",
        LayerKind::Resource => "resource",
        LayerKind::Grant => "grants",
        LayerKind::PublicAccessBlock => "restrict-public-buckets",
    }
}

/// What a policy without a name is called: its place in the request file.
fn default_name(at: PolicyAt) -> String {
    let key = key(at.layer);
    match (at.level, at.layer) {
        (Some(level), _) => format!("{key}[{level}][{}]", at.index),
        (None, LayerKind::Identity | LayerKind::Session) => format!("{key}[{}]", at.index),
        (None, _) => key.to_owned(),
    }
}

/// What a policy in a file without a name is called: the file without folder and ending.
fn file_name(path: &str) -> String {
    let stem = Path::new(path).file_stem();
    stem.map_or_else(|| path.to_owned(), |stem| stem.to_string_lossy().into_owned())
}
