//! KMS grants. Source: KMS Developer Guide, "Grants in AWS KMS" and "Creating grants".

use super::layer::Ask;
use super::principals::{Entry, Grade, Grades};
use crate::arn::AccountId;
use crate::caller::{Caller, is_service};
use crate::context::{Context, ContextValue};
use crate::pattern::ArnPattern;
use crate::policies::{Grant, GrantConstraint};
use crate::request::Family;

/// A compiled grant.
#[derive(Debug, Clone)]
pub struct CompiledGrant {
    grantee: Entry,
    retiring: Option<Entry>,
    /// `kms:decrypt` …
    actions: Box<[Box<str>]>,
    constraint: Option<GrantConstraint>,
    source_arn: Option<ArnPattern>,
    issued_by: Option<AccountId>,
}

/// Where encryption context stands among the condition keys.
const ENCRYPTION_CONTEXT: &str = "kms:encryptioncontext:";

impl CompiledGrant {
    /// Compiles a grant.
    pub fn compile(grant: &Grant) -> Self {
        let action = |name: &String| format!("kms:{}", name.to_ascii_lowercase()).into();
        Self {
            grantee: principal(&grant.grantee),
            retiring: grant.retiring.as_deref().map(principal),
            actions: grant.operations.iter().map(action).collect(),
            constraint: grant.constraint.clone(),
            source_arn: grant.source_arn.as_deref().map(|arn| ArnPattern::compile(arn, false)),
            issued_by: grant.issued_by,
        }
    }

    /// In which grades the grant lets the caller do what it asks.
    pub(crate) fn grades(&self, ask: Ask<'_>) -> Grades {
        if ask.request.family() != Family::Key || !self.constraints_hold(ask) {
            return Grades::NONE;
        }
        let action = ask.request.action_lower();
        let granted = self.actions.iter().any(|one| **one == *action);
        let grantee = self.grantee.grade(ask).filter(|_| granted);
        let retiring =
            if ask.request.retires_grant() { self.retiring_grades(ask) } else { [None; 2] };
        let grades = grantee.into_iter().chain(retiring.into_iter().flatten());
        grades.fold(Grades::NONE, |all, grade| all.and(Grades::only(grade)))
    }

    /// Who may retire the grant besides its grantee: its retiring principal, and the account in which
    /// it was issued. Source: KMS Developer Guide, "Retiring and revoking grants".
    fn retiring_grades(&self, ask: Ask<'_>) -> [Option<Grade>; 2] {
        let home = self.is_issued_by(ask.request.caller().account());
        [self.retiring.as_ref().and_then(|entry| entry.grade(ask)), home.then_some(Grade::Account)]
    }

    /// Whether it was issued in this account.
    pub(crate) fn is_issued_by(&self, account: Option<AccountId>) -> bool {
        self.issued_by.is_some() && self.issued_by == account
    }

    fn constraints_hold(&self, ask: Ask<'_>) -> bool {
        let context = ask.request.context();
        let unconstrained =
            matches!(ask.request.action_lower(), "kms:describekey" | "kms:retiregrant");
        let of_service = matches!(ask.request.caller(), Caller::Service(_));
        let source = context.get_lower("aws:sourcearn").and_then(ContextValue::single);
        let sources = self.source_arn.as_ref().filter(|_| of_service);
        sources.is_none_or(|wanted| source.is_some_and(|got| wanted.matches(got, context)))
            && (unconstrained
                || self.constraint.as_ref().is_none_or(|one| encryption_context_fits(one, context)))
    }
}

/// A grantee or retiring principal.
fn principal(name: &str) -> Entry {
    if is_service(name) { Entry::Service(name.into()) } else { Entry::compile_aws(name) }
}

/// Whether the encryption context of a request is what a constraint wants. Keys and values are
/// compared with their case.
fn encryption_context_fits(constraint: &GrantConstraint, context: &Context) -> bool {
    let (GrantConstraint::Equals(wanted) | GrantConstraint::Subset(wanted)) = constraint;
    let exact = matches!(constraint, GrantConstraint::Equals(_));
    let pairs = || {
        let ours = context.entries().iter().filter(|one| one.lower.starts_with(ENCRYPTION_CONTEXT));
        ours.filter_map(|one| Some((one.key.get(ENCRYPTION_CONTEXT.len()..)?, one.value.single()?)))
    };
    let all_there = wanted.iter().all(|(key, value)| pairs().any(|pair| pair == (key, value)));
    all_there && (!exact || pairs().count() == wanted.len())
}
