//! The policies that a simulation is about, each under the name by which its statements are told.

use sekisho_iam::document::malformed::malformed;
use sekisho_iam::policies::Policy;
use sekisho_iam::{Document, PolicyKind};
use sekisho_tree::Span;

use super::super::managed;
use super::super::state::{Attached, Iam, User};
use super::invalid;
use crate::fault::Fault;

/// What the simulator calls the types of policies. It does not keep to the values of its model's
/// enumeration (recorded); that of a resource policy is our guess.
const IDENTITY: &str = "IAM Policy";
const BOUNDARY: &str = "Permissions Boundary Policy";
const RESOURCE: &str = "Resource Policy";

/// A policy with its text.
#[derive(Debug)]
pub(in super::super) struct Source {
    /// `SourcePolicyId`: the name of a managed policy, `user_alice_inline`, `PolicyInputList.1`.
    pub(super) id: String,
    /// `SourcePolicyType`.
    pub(super) kind: &'static str,
    text: String,
    document: Option<Document>,
}

impl Source {
    fn stored(id: String, kind: &'static str, text: &str, of: PolicyKind) -> Self {
        let document = Document::from_json(text, of).document;
        Self { id, kind, text: text.to_owned(), document }
    }

    /// The policy of a boundary.
    pub(super) fn boundary(iam: &Iam, arn: &str) -> Self {
        Self { kind: BOUNDARY, ..Self::managed(iam, arn) }
    }

    fn managed(iam: &Iam, arn: &str) -> Self {
        let text = managed::text(iam, arn).unwrap_or_default();
        let name = arn.rsplit('/').next().unwrap_or(arn);
        Self::stored(name.to_owned(), IDENTITY, &text, PolicyKind::Managed)
    }

    /// The policies of one holder: `of` is `user_alice`.
    pub(super) fn attached(iam: &Iam, attached: &Attached, of: &str) -> Vec<Self> {
        let inline = attached.inline.iter().map(|(name, text)| {
            Self::stored(format!("{of}_{name}"), IDENTITY, text, PolicyKind::RoleInline)
        });
        let managed = attached.managed.iter().map(|arn| Self::managed(iam, arn));
        inline.chain(managed).collect()
    }

    /// The policies of a user, those of its groups included.
    pub(super) fn of_user(iam: &Iam, user: &User) -> Vec<Self> {
        let mut sources = Self::attached(iam, &user.attached, &format!("user_{}", user.name));
        for group in user.groups.iter().filter_map(|key| iam.groups.get(key)) {
            sources.extend(Self::attached(iam, &group.attached, &format!("group_{}", group.name)));
        }
        sources
    }

    /// The policy as it is compiled; one that cannot be read denies.
    pub(super) fn policy(&self) -> Policy {
        Policy { name: self.id.clone(), document: self.document.clone() }
    }

    /// What it says.
    pub(in super::super) fn document(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// Where a statement begins and ends, as line and column.
    pub(super) fn place(&self, statement: usize) -> Option<[(usize, usize); 2]> {
        let Span { start, end } = self.document.as_ref()?.statements.get(statement)?.span;
        let text = sekisho_tree::Source::new("", self.text.clone().into_bytes()).ok()?;
        let at = |offset: u32| usize::try_from(offset).ok().map(|offset| text.line_column(offset));
        Some([at(start)?, at(end)?])
    }
}

/// The policies of a list that was sent: `PolicyInputList`.
///
/// # Errors
/// When one of them is none.
pub(in super::super) fn sent(list: &str, texts: &[String]) -> Result<Vec<Source>, Fault> {
    let kind = if list.starts_with("Permissions") { BOUNDARY } else { IDENTITY };
    let named = texts.iter().zip(1..).map(|(text, at)| (format!("{list}.{at}"), text));
    named.map(|(id, text)| read(id, kind, text, PolicyKind::Managed)).collect()
}

/// The policy of the resource that was sent.
///
/// # Errors
/// When it is none.
pub(super) fn sent_of_resource(text: &str) -> Result<Source, Fault> {
    read("ResourcePolicy".to_owned(), RESOURCE, text, PolicyKind::Resource)
}

fn read(id: String, kind: &'static str, text: &str, of: PolicyKind) -> Result<Source, Fault> {
    let read = Document::from_json(text, of);
    match malformed(of, &read.diagnostics) {
        Some(told) => Err(invalid(format!("{id}: {}", told.message))),
        None => Ok(Source { id, kind, text: text.to_owned(), document: read.document }),
    }
}
