//! Grants that bear on a request, and the tokens that name them.
//! Source: KMS Developer Guide, "Grants in AWS KMS".

use sekisho_iam::{Caller, CompiledGrant, GrantConstraint, policies};

use super::state::{Constraint, Grant, Kms, grants_of};
use crate::act::View;
use crate::principal::Principal;

/// The grants on a key whose grantee is the caller, by whichever of its names.
pub(super) fn bearing(key: &str, view: &View<'_, Kms>) -> Vec<CompiledGrant> {
    let grants = &view.state().grants;
    if grants.is_empty() {
        return Vec::new();
    }
    let names = names(view.principal());
    let rows = names.iter().flat_map(|name| grants.under(&grants_of(key, name)));
    rows.map(|(_, grant)| compiled(grant)).collect()
}

/// The names under which grants know a caller.
fn names(principal: &Principal) -> Vec<String> {
    let mut names: Vec<_> = principal.id().map(str::to_owned).into_iter().collect();
    names.extend(principal.account().map(|account| format!("arn:aws:iam::{account}:root")));
    match &principal.caller {
        Caller::Role(role) => names.extend(role.session_arn()),
        Caller::FederatedUser(user) => names.push(user.arn.clone()),
        Caller::Service(name) => names.push(name.clone()),
        _ => {}
    }
    names
}

/// A grant as the gate asks it.
pub(super) fn compiled(grant: &Grant) -> CompiledGrant {
    CompiledGrant::compile(&policies::Grant {
        id: grant.id.clone(),
        grantee: grant.grantee.clone(),
        operations: grant.operations.iter().cloned().collect(),
        constraint: grant.constraint.as_ref().map(|constraint| match constraint {
            Constraint::Equals(pairs) => GrantConstraint::Equals(pairs.clone()),
            Constraint::Subset(pairs) => GrantConstraint::Subset(pairs.clone()),
        }),
        source_arn: None,
        retiring: grant.retiring.clone(),
        issued_by: Some(grant.issued_by),
    })
}
