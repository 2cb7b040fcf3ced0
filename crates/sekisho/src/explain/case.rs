//! A case: one request, the policies that bear on it, and the texts they were read from.

use std::collections::BTreeMap;
use std::rc::Rc;

use sekisho_iam::document::Statement;
use sekisho_iam::explanation::StatementRef;
use sekisho_iam::{LayerKind, Policies, Policy, Request};
use sekisho_tree::{Source, Span};

use crate::render::{Finding, Place};

/// Everything that was read.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// What the author calls it.
    pub(crate) title: Option<String>,
    /// The request.
    pub(crate) request: Request,
    /// The policies.
    pub(crate) policies: Policies,
    /// Where each policy's text stands.
    pub(crate) texts: Texts,
    /// What is worth knowing about the texts, none of it an error.
    pub(crate) notes: Vec<Finding>,
}

/// The texts that policies were read from.
pub(crate) type Texts = BTreeMap<PolicyAt, Rc<Source>>;

/// A policy by its place among the [`Policies`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PolicyAt {
    /// The layer.
    pub(crate) layer: LayerKind,
    /// The level, for SCPs and RCPs.
    pub(crate) level: Option<usize>,
    /// Its index there.
    pub(crate) index: usize,
}

/// A statement that an explanation speaks of, found again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quoted<'a> {
    /// What its policy is called.
    pub(crate) policy: &'a str,
    /// The text the policy was read from.
    pub(crate) source: Option<&'a Source>,
    /// The statement and its index; `None` for a policy as a whole.
    pub(crate) statement: Option<(usize, &'a Statement)>,
}

impl Case {
    /// The policies of a layer, in their order.
    pub(crate) fn layer(&self, layer: LayerKind, level: Option<usize>) -> &[Policy] {
        let all = &self.policies;
        let of_level = level.unwrap_or_default();
        match layer {
            LayerKind::Identity => &all.identity,
            LayerKind::Boundary => all.boundary.as_slice(),
            LayerKind::Session => all.session.as_deref().unwrap_or_default(),
            LayerKind::Scp => all.scps.get(of_level).map(Vec::as_slice).unwrap_or_default(),
            LayerKind::Rcp => all.rcps.get(of_level).map(Vec::as_slice).unwrap_or_default(),
            LayerKind::Endpoint => all.endpoint.as_slice(),
            LayerKind::Resource => all.resource.as_slice(),
            LayerKind::Grant | LayerKind::PublicAccessBlock => &[],
        }
    }

    /// Finds a statement again. `None` where the layer holds no such policy of its own:
    /// `RCPFullAWSAccess`, which is always attached, or the standing right of a root user.
    pub(crate) fn quote(
        &self,
        layer: LayerKind,
        level: Option<usize>,
        at: StatementRef,
    ) -> Option<Quoted<'_>> {
        if layer == LayerKind::Grant {
            let grant = self.policies.grants.get(at.policy)?;
            return Some(Quoted { policy: &grant.id, source: None, statement: None });
        }
        let policy = self.layer(layer, level).get(at.policy)?;
        let place = PolicyAt { layer, level, index: at.policy };
        let statements = policy.document.as_ref().map(|document| &document.statements);
        let statement = at.statement.and_then(|index| Some((index, statements?.get(index)?)));
        let source = self.texts.get(&place).map(Rc::as_ref);
        Some(Quoted { policy: &policy.name, source, statement })
    }
}

impl Quoted<'_> {
    /// Its `Sid`, where it has one that says something.
    pub(crate) fn sid(&self) -> Option<&str> {
        let (_, statement) = self.statement?;
        statement.sid.as_ref().map(|sid| &*sid.text).filter(|sid| !sid.is_empty())
    }

    /// Where it begins.
    pub(crate) fn place(&self) -> Option<Place> {
        let (_, statement) = self.statement?;
        Some(Place::of(self.source?, statement.span))
    }

    /// What to underline to mean the whole statement: its name, else what it speaks of.
    pub(crate) fn handle(&self) -> Option<Span> {
        let (_, statement) = self.statement?;
        Some(statement.sid.as_ref().map_or(statement.actions.span, |sid| sid.span))
    }
}
