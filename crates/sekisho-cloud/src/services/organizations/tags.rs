//! Tags as Organizations takes and gives them; their keys differ by case.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fault;
use crate::fault::Fault;

/// The most tags of a thing. Source: Organizations User Guide, "Tagging resources".
const TAGS_MAX: usize = 50;

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// Tags by their keys.
pub(super) fn map(tags: &[Tag]) -> BTreeMap<String, String> {
    tags.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect()
}

/// Tags by their keys, where they are added to what is there.
///
/// # Errors
/// Refuses a key that stands twice, one that is AWS's, and too many tags.
pub(super) fn added(
    tags: &[Tag],
    to: BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, Fault> {
    let new = map(tags);
    if new.len() < tags.len() {
        let text = "Duplicate tag keys are not allowed.";
        return Err(fault::invalid("DUPLICATE_TAG_KEY", text));
    }
    if new.keys().any(|key| key.to_ascii_lowercase().starts_with("aws:")) {
        let text = "You specified a tag key that is a system tag. You can't add, edit, or delete system \
                    tag keys because they're reserved for AWS use.";
        return Err(fault::invalid("INVALID_SYSTEM_TAGS_PARAMETER", text));
    }
    let all: BTreeMap<_, _> = to.into_iter().chain(new).collect();
    if all.len() > TAGS_MAX {
        let text = "You have exceeded the number of tags allowed on this resource.";
        return Err(fault::limit("MAX_TAG_LIMIT_EXCEEDED", text));
    }
    Ok(all)
}

/// Tags as a reply lists them.
pub(super) fn list(tags: &BTreeMap<String, String>) -> Vec<Tag> {
    let tag = |(key, value): (&String, &String)| Tag { key: key.clone(), value: value.clone() };
    tags.iter().map(tag).collect()
}
