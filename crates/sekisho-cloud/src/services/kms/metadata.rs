//! A key as `DescribeKey` shows it. Source: KMS API Reference, "KeyMetadata".

use sekisho_wire::Millis;
use serde::Serialize;

use super::state::{Key, Manager, Status};

/// `KeyMetadata`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyMetadata {
    /// Its account.
    #[serde(rename = "AWSAccountId")]
    pub aws_account_id: String,
    /// Its id.
    pub key_id: String,
    /// Its ARN.
    pub arn: String,
    /// When it was made.
    pub creation_date: Millis,
    /// Whether it can be used.
    pub enabled: bool,
    /// What its owner says of it.
    pub description: String,
    /// `ENCRYPT_DECRYPT`.
    pub key_usage: &'static str,
    /// `Enabled`, `Disabled`, `PendingDeletion`.
    pub key_state: &'static str,
    /// When it ends, while it is pending deletion.
    pub deletion_date: Option<Millis>,
    /// `AWS_KMS`.
    pub origin: &'static str,
    /// `AWS` or `CUSTOMER`.
    pub key_manager: &'static str,
    /// `SYMMETRIC_DEFAULT`, under its old name.
    pub customer_master_key_spec: &'static str,
    /// `SYMMETRIC_DEFAULT`.
    pub key_spec: &'static str,
    /// `SYMMETRIC_DEFAULT`.
    pub encryption_algorithms: [&'static str; 1],
    /// `false`.
    pub multi_region: bool,
    /// The id of the key material with which it encrypts.
    pub current_key_material_id: Option<String>,
}

impl KeyMetadata {
    /// That of a key.
    pub(super) fn of(key: &Key) -> Self {
        Self {
            aws_account_id: key.account.to_string(),
            key_id: key.id.clone(),
            arn: key.arn(),
            creation_date: Millis(key.created_ms),
            enabled: key.status == Status::Enabled,
            description: key.description.clone(),
            key_usage: "ENCRYPT_DECRYPT",
            key_state: state(key.status),
            deletion_date: match key.status {
                Status::PendingDeletion { until_ms } => Some(Millis(until_ms)),
                _ => None,
            },
            origin: "AWS_KMS",
            key_manager: match key.manager {
                Manager::Aws => "AWS",
                Manager::Customer => "CUSTOMER",
            },
            customer_master_key_spec: "SYMMETRIC_DEFAULT",
            key_spec: "SYMMETRIC_DEFAULT",
            encryption_algorithms: ["SYMMETRIC_DEFAULT"],
            multi_region: false,
            current_key_material_id: key.current().map(|(_, material)| material.id.clone()),
        }
    }
}

/// `KeyState`.
fn state(status: Status) -> &'static str {
    match status {
        Status::Enabled => "Enabled",
        Status::Disabled => "Disabled",
        Status::PendingDeletion { .. } => "PendingDeletion",
    }
}
