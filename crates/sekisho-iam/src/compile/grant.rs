//! KMS grants. Source: KMS Developer Guide, "Grants in AWS KMS" and "Creating grants".

use super::layer::Ask;
use super::principals::{Entry, Grade};
use crate::arn::AccountId;
use crate::caller::Caller;
use crate::context::{Context, ContextValue};
use crate::pattern::ArnPattern;
use crate::policies::{Grant, GrantConstraint};
use crate::request::Family;

/// A compiled grant.
#[derive(Debug, Clone)]
pub struct CompiledGrant {
    grantee: Entry,
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
        let grantee = if grant.grantee.ends_with(".amazonaws.com") {
            Entry::Service(grant.grantee.as_str().into())
        } else {
            Entry::compile_aws(&grant.grantee)
        };
        let action = |name: &String| format!("kms:{}", name.to_ascii_lowercase()).into();
        Self {
            grantee,
            actions: grant.operations.iter().map(action).collect(),
            constraint: grant.constraint.clone(),
            source_arn: grant.source_arn.as_deref().map(|arn| ArnPattern::compile(arn, false)),
            issued_by: grant.issued_by,
        }
    }

    /// The grade in which the grant names the caller, where it applies to the request.
    pub(crate) fn applies(&self, ask: Ask<'_>) -> Option<Grade> {
        let action = ask.request.action_lower();
        let grade = self.grantee.grade(ask)?;
        let granted =
            ask.request.family() == Family::Key && self.actions.iter().any(|one| **one == *action);
        (granted && self.constraints_hold(ask)).then_some(grade)
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
