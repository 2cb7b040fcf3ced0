//! Tags as KMS takes and gives them. Source: KMS API Reference, "TagResource"; KMS Developer Guide,
//! "Tags in AWS KMS"; texts and their order as recorded from KMS by localstack, `test_kms.snapshot.json` (2025).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fault;
use crate::fault::Fault;

/// The most tags of a key. Source: KMS Developer Guide, "Tags in AWS KMS".
const TAGS_MAX: usize = 50;

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Tag {
    /// Its key.
    pub tag_key: String,
    /// Its value.
    pub tag_value: String,
}

/// Tags by their keys.
pub(super) fn map(tags: &[Tag]) -> BTreeMap<String, String> {
    tags.iter().map(|tag| (tag.tag_key.clone(), tag.tag_value.clone())).collect()
}

/// Tags as a reply lists them.
pub(super) fn list(tags: &BTreeMap<String, String>) -> impl Iterator<Item = Tag> {
    tags.iter().map(|(key, value)| Tag { tag_key: key.clone(), tag_value: value.clone() })
}

/// Adds tags to those of a key.
///
/// # Errors
/// Refuses keys that are AWS's, keys that come twice, and too many tags.
pub(super) fn added(
    held: &BTreeMap<String, String>,
    new: &[Tag],
) -> Result<BTreeMap<String, String>, Fault> {
    let added = map(new);
    if added.len() != new.len() {
        return Err(fault::tags("Duplicate tag keys"));
    }
    let mut all = held.clone();
    all.extend(added);
    if all.len() > TAGS_MAX {
        return Err(fault::tags("Too many tags"));
    }
    if new.iter().any(|tag| tag.tag_key.to_ascii_lowercase().starts_with("aws:")) {
        return Err(fault::tags("Tags beginning with aws: are reserved"));
    }
    let is_odd = |text: &str| !text.chars().all(is_of_tags);
    if new.iter().any(|tag| is_odd(&tag.tag_key) || is_odd(&tag.tag_value)) {
        return Err(fault::tags("Invalid tag"));
    }
    Ok(all)
}

/// Sources: CloudFormation Template Reference, "AWS::KMS::Key Tag"; crossplane-contrib/provider-upjet-aws#922
/// (`&` is refused).
fn is_of_tags(one: char) -> bool {
    one.is_alphanumeric() || one.is_whitespace() || "_.:/=+-@\"".contains(one)
}
