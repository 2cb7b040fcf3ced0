//! A policy with what the rules need to know about it, looked up once.

use super::action::{Lookup, Term};
use super::logic::wants_absence;
use super::reach::{Reach, Walk};
use crate::document::{
    Condition, Document, Effect, PolicyKind, Principal, Statement, Text, Version,
};
use crate::knowledge::Knowledge;

/// A policy under examination.
pub(super) struct Policy<'a> {
    pub(super) document: &'a Document,
    pub(super) kind: PolicyKind,
    pub(super) statements: Vec<Subject<'a>>,
}

/// A statement under examination.
pub(super) struct Subject<'a> {
    pub(super) statement: &'a Statement,
    pub(super) kind: PolicyKind,
    /// Whether `${…}` are variables.
    pub(super) variables: bool,
    /// The entries of `Action` or `NotAction`.
    pub(super) terms: Vec<Term<'a>>,
    /// Which actions can meet which resources, where that can be judged.
    pub(super) reach: Option<Reach>,
}

impl<'a> Policy<'a> {
    pub(super) fn new(document: &'a Document, kind: PolicyKind) -> Self {
        let (mut lookup, mut walk) = (Lookup::new(), Walk::new());
        let variables = document.version == Version::V2012;
        let subject = |statement: &'a Statement| {
            let terms: Vec<Term<'a>> =
                statement.actions.items.iter().map(|text| lookup.term(text)).collect();
            let reach = walk.reach(statement, &terms);
            Subject { statement, kind, variables, terms, reach }
        };
        let statements = document.statements.iter().map(subject).collect();
        Self { document, kind, statements }
    }
}

impl<'a> Subject<'a> {
    pub(super) fn allows(&self) -> bool {
        self.statement.effect == Effect::Allow
    }

    /// Whether the policy grants something to whom it is attached to.
    pub(super) fn grants_identity(&self) -> bool {
        use PolicyKind as K;
        let identity =
            matches!(self.kind, K::Managed | K::UserInline | K::GroupInline | K::RoleInline);
        identity && self.allows()
    }

    /// Whether it is about every resource.
    pub(super) fn is_everywhere(&self) -> bool {
        self.resources().iter().any(|resource| &*resource.text == "*")
    }

    /// Whether the statement's `Action` (not `NotAction`) covers this action.
    pub(super) fn covers(&self, action: &str) -> bool {
        let wanted = Knowledge::get().action(action);
        !self.statement.actions.negated
            && wanted.is_some_and(|wanted| self.terms.iter().any(|term| term.covers(wanted)))
    }

    /// The entries of `Resource`; none for `NotResource`.
    pub(super) fn resources(&self) -> &'a [Text] {
        self.statement
            .resources
            .as_ref()
            .filter(|resources| !resources.negated)
            .map(|resources| resources.items.as_slice())
            .unwrap_or_default()
    }

    /// The entries of `Principal`; none for `NotPrincipal`.
    pub(super) fn principals(&self) -> &'a [Principal] {
        self.statement
            .principals
            .as_ref()
            .filter(|principals| !principals.negated)
            .map(|principals| principals.items.as_slice())
            .unwrap_or_default()
    }

    /// The conditions on this key.
    pub(super) fn conditions_on(&self, key: &str) -> impl Iterator<Item = &'a Condition> {
        let same = move |one: &&Condition| one.key.text.eq_ignore_ascii_case(key);
        self.statement.conditions.iter().filter(same)
    }

    /// Whether the statement only holds where the request carries the key: `Null` with `false`.
    pub(super) fn demands(&self, key: &str) -> bool {
        self.conditions_on(key).any(|condition| wants_absence(condition) == Some(false))
    }
}
