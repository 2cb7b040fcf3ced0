//! Tags as IAM takes and gives them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fault;
use crate::fault::Fault;

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// Tags of a user or role, whose keys are the same whatever their case.
///
/// # Errors
/// Refuses two tags with the same key.
pub(super) fn case_insensitive(tags: &[Tag]) -> Result<BTreeMap<String, String>, Fault> {
    let mut seen = BTreeMap::new();
    for tag in tags {
        if seen.insert(tag.key.to_lowercase(), ()).is_some() {
            return Err(fault::duplicate_tags());
        }
    }
    Ok(map(tags))
}

/// Tags by their keys.
pub(super) fn map(tags: &[Tag]) -> BTreeMap<String, String> {
    tags.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect()
}

/// Tags as a reply lists them.
pub(super) fn list(tags: &BTreeMap<String, String>) -> Vec<Tag> {
    let tag = |(key, value): (&String, &String)| Tag { key: key.clone(), value: value.clone() };
    tags.iter().map(tag).collect()
}
