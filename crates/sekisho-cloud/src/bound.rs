//! Policies that name principals, bound to who bears those names when they are written.
//!
//! AWS keeps the unique id of a user or role that a policy names (`AIDA…`, `AROA…`), and shows the
//! ARN while its bearer lives. Once the bearer is deleted the id shows, it matches nobody, and a new
//! user or role of the same name is a stranger. Source: IAM User Guide, "AWS JSON policy elements:
//! Principal", sections "IAM user principals" and "IAM role principals".

use std::cell::RefCell;
use std::sync::Arc;

use sekisho_iam::document::{Principal, PrincipalKind};
use sekisho_iam::policies::Policy;
use sekisho_iam::{Arn, Document, Layer, PolicyKind};
use sekisho_tree::Span;
use serde::{Deserialize, Serialize};

use crate::directory::Directory;

/// A policy with its principals bound.
#[derive(Debug, Serialize, Deserialize)]
pub struct BoundPolicy {
    /// Its text, with unique ids in place of the ARNs of users and roles.
    text: String,
    /// What kind it is, as a number of [`PolicyKind::ALL`].
    kind: u8,
    #[serde(skip)]
    compiled: RefCell<Option<(u64, Arc<Layer>)>>,
}

/// A policy names somebody who does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPrincipal {
    /// `AWS`, `Service` …: the key under which it stands.
    pub key: &'static str,
    /// The name.
    pub name: String,
}

impl BoundPolicy {
    /// Binds a policy that could be read. `document` is what `text` says.
    ///
    /// # Errors
    /// Names the first principal that does not exist.
    pub fn bind(
        text: &str,
        document: &Document,
        kind: PolicyKind,
        directory: &Directory<'_>,
    ) -> Result<Self, InvalidPrincipal> {
        let mut changes = Vec::new();
        for principal in principals(document) {
            if let Some(id) = bound(principal, directory)? {
                changes.push((principal.value.span, id));
            }
        }
        let place = PolicyKind::ALL.iter().position(|known| *known == kind);
        let kind = place.and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX);
        Ok(Self { text: replaced(text, changes), kind, compiled: RefCell::new(None) })
    }

    /// The text as AWS shows it: principals that live by their ARNs, dead ones by their ids.
    pub fn shown(&self, directory: &Directory<'_>) -> String {
        let Some(document) = self.document() else { return self.text.clone() };
        let named = principals(&document).filter_map(|principal| {
            Some((principal.value.span, directory.arn_of(&principal.value.text)?))
        });
        replaced(&self.text, named.collect())
    }

    /// What the policy says; `None` where it can no longer be read, which denies.
    pub fn document(&self) -> Option<Document> {
        let kind = PolicyKind::ALL.get(usize::from(self.kind))?;
        Document::from_json(&self.text, *kind).document
    }

    /// The policy as the gate asks it, with the principals that live today.
    pub fn layer(&self, directory: &Directory<'_>) -> Arc<Layer> {
        let epoch = directory.epoch();
        if let Some((_, layer)) = self.compiled.borrow().as_ref().filter(|(at, _)| *at == epoch) {
            return Arc::clone(layer);
        }
        let document = self.document().map(|document| living(document, directory));
        let layer = Arc::new(Layer::compile(&[Policy { name: String::new(), document }]));
        *self.compiled.borrow_mut() = Some((epoch, Arc::clone(&layer)));
        layer
    }
}

impl Clone for BoundPolicy {
    fn clone(&self) -> Self {
        let compiled = RefCell::new(self.compiled.borrow().clone());
        Self { text: self.text.clone(), kind: self.kind, compiled }
    }
}

impl PartialEq for BoundPolicy {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.kind == other.kind
    }
}

fn principals(document: &Document) -> impl Iterator<Item = &Principal> {
    let lists = document.statements.iter().filter_map(|one| one.principals.as_ref());
    lists.flat_map(|list| &list.items)
}

/// The document with ids of the living replaced by their ARNs and canonical users by their accounts.
fn living(mut document: Document, directory: &Directory<'_>) -> Document {
    let lists = document.statements.iter_mut().filter_map(|one| one.principals.as_mut());
    for principal in lists.flat_map(|list| &mut list.items) {
        let arn = match principal.kind {
            PrincipalKind::Aws => directory.arn_of(&principal.value.text),
            PrincipalKind::CanonicalUser => {
                let account = directory.account_of_canonical_user(&principal.value.text);
                account.map(|account| format!("arn:aws:iam::{account}:root"))
            }
            _ => None,
        };
        if let Some(arn) = arn {
            principal.kind = PrincipalKind::Aws;
            principal.value.text = arn.into();
        }
    }
    document
}

/// The unique id that is written in place of a principal; `None` where its name stays as it is.
fn bound(
    principal: &Principal,
    directory: &Directory<'_>,
) -> Result<Option<String>, InvalidPrincipal> {
    let name = &*principal.value.text;
    let invalid = |key| Err(InvalidPrincipal { key, name: name.to_owned() });
    match principal.kind {
        PrincipalKind::CanonicalUser if directory.account_of_canonical_user(name).is_none() => {
            invalid("CanonicalUser")
        }
        PrincipalKind::Aws if name != "*" => match bound_aws(name, directory) {
            Some(id) => Ok(id),
            None => invalid("AWS"),
        },
        _ => Ok(None),
    }
}

/// What is written in place of a name under `AWS`; `None` where nobody bears it.
fn bound_aws(name: &str, directory: &Directory<'_>) -> Option<Option<String>> {
    if let Ok(account) = name.parse() {
        return directory.has_account(account).then_some(None);
    }
    let Some(arn) = Arn::parse(name) else {
        return directory.arn_of(name).map(|_| None);
    };
    let account = arn.account_id().filter(|account| directory.has_account(*account))?;
    match (arn.service, arn.resource.split_once('/')) {
        ("iam", None) => (arn.resource == "root").then_some(None),
        ("iam", Some(("user" | "role", _))) => directory.id_of(name).map(Some),
        ("sts", Some(("assumed-role", session))) => {
            let role = session.split('/').next().unwrap_or_default();
            directory.has_role_named(account, role).then_some(None)
        }
        ("sts", Some(("federated-user", _))) => Some(None),
        _ => None,
    }
}

/// The text with the strings at these places replaced.
fn replaced(text: &str, mut changes: Vec<(Span, String)>) -> String {
    changes.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut text = text.to_owned();
    for (span, name) in changes {
        let quoted = serde_json::Value::String(name).to_string();
        if text.get(span.range()).is_some() {
            text.replace_range(span.range(), &quoted);
        }
    }
    text
}
