//! Tags as the service takes and gives them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fault;
use crate::fault::Fault;

/// The most tags of a secret. Source: Secrets Manager User Guide, "Secrets Manager quotas".
const TAGS_MAX: usize = 50;

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Tag {
    /// Its key.
    #[serde(default)]
    pub key: String,
    /// Its value.
    #[serde(default)]
    pub value: String,
}

/// Tags by their keys.
pub(super) fn map(tags: &[Tag]) -> BTreeMap<String, String> {
    tags.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect()
}

/// Tags as a reply lists them.
pub(super) fn list(tags: BTreeMap<String, String>) -> Vec<Tag> {
    tags.into_iter().map(|(key, value)| Tag { key, value }).collect()
}

/// Adds tags to those that are there.
///
/// # Errors
/// Refuses keys that are AWS's, and too many tags.
pub(super) fn added(
    mut held: BTreeMap<String, String>,
    tags: &[Tag],
) -> Result<BTreeMap<String, String>, Fault> {
    if tags.iter().any(|tag| tag.key.to_ascii_lowercase().starts_with("aws:")) {
        return Err(fault::request("Tag keys can't begin with aws:."));
    }
    held.extend(map(tags));
    if held.len() > TAGS_MAX {
        return Err(fault::parameter(format!("A secret can't have more than {TAGS_MAX} tags.")));
    }
    Ok(held)
}
