//! KMS grants: whom they let do what.
//!
//! Source: KMS Developer Guide, "Grants in AWS KMS", "Creating grants" and "Retiring and revoking
//! grants"; section 7 of `docs/decision.md`.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_iam::caller::Caller;
use sekisho_iam::policies::{Grant, GrantConstraint};
use sekisho_iam::request::Family;

use super::pattern::Pattern;
use super::{Case, Grade};

impl<'a> Case<'a> {
    /// The grades in which grants that apply name the caller.
    pub(super) fn grant_grades(&self, wanted: impl Fn(&Grant) -> bool) -> BTreeSet<Grade> {
        let grants: &[Grant] =
            if self.request.family() == Family::Key { &self.policies.grants } else { &[] };
        let mut grades = BTreeSet::new();
        for grant in grants.iter().filter(|grant| wanted(grant) && self.constraints_hold(grant)) {
            if grant.operations.iter().any(|known| known.eq_ignore_ascii_case(self.operation())) {
                grades.extend(self.grantee_grade(&grant.grantee));
            }
            if self.is_retiring() {
                let retiring = grant.retiring.as_deref();
                grades.extend(retiring.and_then(|name| self.grantee_grade(name)));
                let home = grant.issued_by.is_some() && grant.issued_by == self.caller.account();
                grades.extend(home.then_some(Grade::Account));
            }
        }
        grades
    }

    /// What is asked of the key.
    fn operation(&self) -> &str {
        self.request.action_lower().split_once(':').map_or("", |(_, name)| name)
    }

    fn grantee_grade(&self, grantee: &str) -> Option<Grade> {
        match self.caller {
            Caller::Service(service) => (service == grantee).then_some(Grade::Service),
            _ => self.grade_of_name(grantee),
        }
    }

    fn constraints_hold(&self, grant: &Grant) -> bool {
        let unconstrained = ["describekey", "retiregrant"].contains(&self.operation());
        let context = self.encryption_context();
        let constraint = match &grant.constraint {
            None => true,
            Some(_) if unconstrained => true,
            Some(GrantConstraint::Equals(pairs)) => context == *pairs,
            Some(GrantConstraint::Subset(pairs)) => {
                pairs.iter().all(|(key, value)| context.get(key) == Some(value))
            }
        };
        let source = match (&grant.source_arn, self.caller) {
            (Some(pattern), Caller::Service(_)) => self.source_arn_is_like(pattern),
            _ => true,
        };
        constraint && source
    }

    fn encryption_context(&self) -> BTreeMap<String, String> {
        let prefix = "kms:EncryptionContext:";
        let pair = |key: &str, value: Option<&str>| {
            let head = key.get(..prefix.len())?;
            let name = key.get(prefix.len()..)?;
            head.eq_ignore_ascii_case(prefix).then_some((name.to_owned(), value?.to_owned()))
        };
        let entries = self.request.context().entries().iter();
        entries.filter_map(|entry| pair(&entry.key, entry.value.single())).collect()
    }

    fn source_arn_is_like(&self, pattern: &str) -> bool {
        let source = self.request.context().get("aws:SourceArn").and_then(|value| value.single());
        let Some(source) = source else { return false };
        Pattern::without_variables(pattern).matches_arn(source)
    }
}
