//! A grant as lists show it. Source: KMS API Reference, "GrantListEntry".

use sekisho_wire::Millis;
use serde::Serialize;

use super::constraints::GrantConstraints;
use super::grantee;
use super::state::{Grant, Key, Kms};
use crate::act::Act;

/// `GrantListEntry`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GrantListEntry {
    /// The ARN of the key.
    pub key_id: String,
    /// The id of the grant.
    pub grant_id: String,
    /// Its name; empty where it has none.
    pub name: String,
    /// When it was made.
    pub creation_date: Millis,
    /// Who may use the key.
    pub grantee_principal: String,
    /// Who may retire the grant.
    pub retiring_principal: Option<String>,
    /// The account in which it was issued.
    pub issuing_account: String,
    /// What it allows.
    pub operations: Vec<String>,
    /// Under which constraints.
    pub constraints: Option<GrantConstraints>,
}

impl GrantListEntry {
    /// That of a grant.
    pub(super) fn of(grant: &Grant, act: &Act<'_, Kms>) -> Self {
        let directory = act.directory();
        let key = act.read().keys.get(&grant.key);
        let retiring = grant.retiring.as_deref();
        Self {
            key_id: key.map(Key::arn).unwrap_or_default(),
            grant_id: grant.id.clone(),
            name: grant.name.clone().unwrap_or_default(),
            creation_date: Millis(grant.created_ms),
            grantee_principal: grantee::shown(&grant.grantee, &directory),
            retiring_principal: retiring.map(|kept| grantee::shown(kept, &directory)),
            issuing_account: format!("arn:aws:iam::{}:root", grant.issued_by),
            operations: grant.operations.iter().cloned().collect(),
            constraints: grant.constraint.as_ref().map(GrantConstraints::of),
        }
    }
}
