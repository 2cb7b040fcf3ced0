//! Tags as IAM takes and gives them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fault;
use super::paging::{self, Page};
use crate::fault::Fault;

/// The most tags of anything. Source: IAM User Guide, "IAM and AWS STS quotas".
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

/// Tags of a user or role, whose keys are the same whatever their case.
///
/// # Errors
/// Refuses two tags with the same key, and keys that are AWS's.
pub(super) fn case_insensitive(tags: &[Tag]) -> Result<BTreeMap<String, String>, Fault> {
    refuse_reserved(tags)?;
    let mut seen = BTreeMap::new();
    for tag in tags {
        if seen.insert(tag.key.to_lowercase(), ()).is_some() {
            return Err(fault::duplicate_tags());
        }
    }
    Ok(map(tags))
}

/// Keys that begin with `aws:`, in whatever case, are AWS's own. Source: IAM User Guide, "Tags for AWS
/// Identity and Access Management resources".
///
/// # Errors
/// When there is such a key.
pub(super) fn refuse_reserved(tags: &[Tag]) -> Result<(), Fault> {
    let reserved = tags.iter().any(|tag| tag.key.to_ascii_lowercase().starts_with("aws:"));
    if reserved { Err(fault::reserved_tag()) } else { Ok(()) }
}

/// The tags of a user or role with further ones; a key that is there, whatever its case, is replaced.
///
/// # Errors
/// Refuses two new tags with the same key, and more than fifty tags.
pub(super) fn added(
    held: &BTreeMap<String, String>,
    tags: &[Tag],
) -> Result<BTreeMap<String, String>, Fault> {
    let new = case_insensitive(tags)?;
    let keys: Vec<_> = new.keys().cloned().collect();
    let mut all = without(held, &keys);
    all.extend(new);
    if all.len() > TAGS_MAX { Err(fault::too_many_tags()) } else { Ok(all) }
}

/// The tags of a user or role without those of these keys, whatever their case.
pub(super) fn without(
    held: &BTreeMap<String, String>,
    keys: &[String],
) -> BTreeMap<String, String> {
    let gone: BTreeSet<_> = keys.iter().map(|key| key.to_lowercase()).collect();
    let stays = |(key, _): &(&String, &String)| !gone.contains(&key.to_lowercase());
    held.iter().filter(stays).map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// Tags by their keys.
pub(super) fn map(tags: &[Tag]) -> BTreeMap<String, String> {
    tags.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect()
}

/// Tags page by page.
///
/// # Errors
/// When the marker is none of ours.
pub(super) fn page(
    tags: &BTreeMap<String, String>,
    marker: Option<&str>,
    max_items: Option<u32>,
) -> Result<Page<Tag>, Fault> {
    let rows = list(tags);
    let rows = rows.iter().map(|tag| (tag.key.as_str(), tag.clone()));
    paging::page(rows, marker, max_items)
}

/// Tags as a reply lists them.
pub(super) fn list(tags: &BTreeMap<String, String>) -> Vec<Tag> {
    let tag = |(key, value): (&String, &String)| Tag { key: key.clone(), value: value.clone() };
    tags.iter().map(tag).collect()
}
