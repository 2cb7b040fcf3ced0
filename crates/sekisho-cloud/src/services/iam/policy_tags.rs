//! Tags of managed policies. Their keys differ by case, and lists have short keys first; both are
//! otherwise with users and roles (recorded).

use std::collections::{BTreeMap, BTreeSet};

use super::fault;
use super::paging::{self, Page};
use super::tags::{self, Tag};
use crate::fault::Fault;

/// The most tags of a policy. Source: IAM User Guide, "IAM and AWS STS quotas".
const TAGS_MAX: usize = 50;

/// Checks the tags of a request.
///
/// # Errors
/// Refuses two tags with the same key, and keys that are AWS's.
pub(super) fn check(new: &[Tag]) -> Result<(), Fault> {
    tags::refuse_reserved(new)?;
    let keys: BTreeSet<_> = new.iter().map(|tag| &tag.key).collect();
    if keys.len() < new.len() { Err(fault::duplicate_policy_tags()) } else { Ok(()) }
}

/// The tags of a policy with further ones.
///
/// # Errors
/// Refuses two new tags with the same key, and more than fifty tags.
pub(super) fn added(
    held: &BTreeMap<String, String>,
    new: &[Tag],
) -> Result<BTreeMap<String, String>, Fault> {
    check(new)?;
    let mut all = held.clone();
    all.extend(tags::map(new));
    if all.len() > TAGS_MAX { Err(fault::too_many_tags()) } else { Ok(all) }
}

/// The tags of a policy as replies list them.
pub(super) fn list(tags: &BTreeMap<String, String>) -> Vec<Tag> {
    let mut list = tags::list(tags);
    list.sort_by(|one, other| (one.key.len(), &one.key).cmp(&(other.key.len(), &other.key)));
    list
}

/// The tags of a policy, page by page.
///
/// # Errors
/// When the marker is none of ours.
pub(super) fn page(
    tags: &BTreeMap<String, String>,
    marker: Option<&str>,
    max_items: Option<u32>,
) -> Result<Page<Tag>, Fault> {
    let list = list(tags).into_iter();
    let rows: Vec<_> = list.map(|tag| (format!("{:03}{}", tag.key.len(), tag.key), tag)).collect();
    let rows = rows.iter().map(|(key, tag)| (key.as_str(), tag.clone()));
    paging::page(rows, marker, max_items)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(key: &str) -> Tag {
        Tag { key: key.to_owned(), value: String::new() }
    }

    #[test]
    fn keys_differ_by_case_and_short_ones_come_first() {
        let tags = ["abc", "b", "a", "A"].map(tag);
        let held = added(&BTreeMap::new(), &tags).unwrap();
        let keys: Vec<_> = list(&held).into_iter().map(|tag| tag.key).collect();
        assert_eq!(keys, ["A", "a", "b", "abc"]);
        let first = page(&held, None, Some(3)).unwrap();
        let second = page(&held, first.marker.as_deref(), Some(3)).unwrap();
        assert_eq!((first.items.len(), second.items), (3, vec![tag("abc")]));
    }

    #[test]
    fn a_key_stands_once() {
        let fault = check(&["a", "b", "a"].map(tag)).unwrap_err();
        assert_eq!(fault.message.as_deref(), Some("Duplicate tag keys found."));
    }
}
