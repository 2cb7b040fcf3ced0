//! A secret as replies describe it: everything but its values.

use std::collections::BTreeMap;

use sekisho_wire::Millis;
use serde::Serialize;

use super::state::{Secret, SecretsManager};
use super::tags::{self, Tag};

/// A description of a secret; what its stages are called is all that tells the two kinds apart.
macro_rules! shown {
    ($name:ident, $stages:ident, $what:literal) => {
        #[doc = $what]
        #[derive(Debug, Serialize)]
        #[serde(rename_all = "PascalCase")]
        pub struct $name {
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
            $stages: Option<BTreeMap<String, Vec<String>>>,
        }

        impl $name {
            /// Describes a secret.
            pub(super) fn of(secret: &Secret, held: &SecretsManager) -> Self {
                Self {
                    arn: secret.arn(),
                    name: secret.name.clone(),
                    description: secret.description.clone(),
                    kms_key_id: secret.key_id.clone(),
                    created_date: Millis(secret.created_ms),
                    last_changed_date: Millis(secret.changed_ms),
                    last_accessed_date: secret.accessed_ms.map(Millis),
                    deleted_date: secret.deleted_ms.map(Millis),
                    tags: secret.tags.clone().map(tags::list),
                    $stages: stages(secret, held),
                }
            }
        }
    };
}

shown!(Described, version_ids_to_stages, "A secret that is described.");
shown!(Listed, secret_versions_to_stages, "A secret in a list.");

/// The labels of each version that has any.
fn stages(secret: &Secret, held: &SecretsManager) -> Option<BTreeMap<String, Vec<String>>> {
    let labelled = held.versions_of(&secret.row()).filter(|(_, one)| !one.stages.is_empty());
    let stages: BTreeMap<_, _> =
        labelled.map(|(_, one)| (one.id.clone(), one.stages.iter().cloned().collect())).collect();
    (!stages.is_empty()).then_some(stages)
}
