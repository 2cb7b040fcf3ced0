//! A secret as replies describe it: everything but its values.

use std::collections::BTreeMap;

use sekisho_wire::Millis;
use serde::Serialize;

use super::state::{Secret, SecretsManager};
use super::tags::{self, Tag};

/// A description of a secret.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Shown {
    #[serde(rename = "ARN")]
    arn: String,
    name: String,
    description: Option<String>,
    kms_key_id: Option<String>,
    created_date: Millis,
    last_changed_date: Millis,
    last_accessed_date: Option<Millis>,
    deleted_date: Option<Millis>,
    tags: Option<Vec<Tag>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_ids_to_stages: Option<BTreeMap<String, Vec<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_versions_to_stages: Option<BTreeMap<String, Vec<String>>>,
}

/// Describes a secret in a list.
pub(super) fn listed(secret: &Secret, held: &SecretsManager) -> Shown {
    let described = described(secret, held);
    let stages = described.version_ids_to_stages;
    Shown { secret_versions_to_stages: stages, version_ids_to_stages: None, ..described }
}

/// Describes a secret.
pub(super) fn described(secret: &Secret, held: &SecretsManager) -> Shown {
    let labelled = held.versions_of(&secret.row()).filter(|(_, one)| !one.stages.is_empty());
    let stages: BTreeMap<_, _> =
        labelled.map(|(_, one)| (one.id.clone(), one.stages.iter().cloned().collect())).collect();
    Shown {
        arn: secret.arn(),
        name: secret.name.clone(),
        description: secret.description.clone(),
        kms_key_id: secret.key_id.clone(),
        created_date: Millis(secret.created_ms),
        last_changed_date: Millis(secret.changed_ms),
        last_accessed_date: secret.accessed_ms.map(Millis),
        deleted_date: secret.deleted_ms.map(Millis),
        tags: secret.tags.clone().map(tags::list),
        version_ids_to_stages: (!stages.is_empty()).then_some(stages),
        secret_versions_to_stages: None,
    }
}
