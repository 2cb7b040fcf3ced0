//! Tags of buckets. Source: S3 User Guide, "Using tags with general purpose buckets"; Billing User
//! Guide, "User-defined tag restrictions". Texts as recorded.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fault::fault;
use crate::fault::Fault;

/// The most tags of a bucket.
const TAGS_MAX: usize = 50;
/// The longest key, in characters.
const KEY_CHARS_MAX: usize = 128;
/// The longest value, in characters.
const VALUE_CHARS_MAX: usize = 256;

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// The tags of a bucket.
///
/// # Errors
/// What is wrong with the first that is wrong.
pub(super) fn of_bucket(tags: &[Tag]) -> Result<BTreeMap<String, String>, Fault> {
    if tags.len() > TAGS_MAX {
        return Err(fault("BadRequest", 400, "Bucket tag count cannot be greater than 50"));
    }
    let mut map = BTreeMap::new();
    for Tag { key, value } in tags {
        let invalid = |text: &str| fault("InvalidTag", 400, text).with("TagKey", key.as_str());
        if key.is_empty() || !fits(key, KEY_CHARS_MAX) {
            return Err(invalid("The TagKey you have provided is invalid"));
        }
        if !fits(value, VALUE_CHARS_MAX) {
            let invalid = invalid("The TagValue you have provided is invalid");
            return Err(invalid.with("TagValue", value.as_str()));
        }
        if key.to_ascii_lowercase().starts_with("aws:") {
            return Err(invalid("System tags cannot be added/updated by requester"));
        }
        if map.insert(key.clone(), value.clone()).is_some() {
            return Err(invalid("Cannot provide multiple Tags with the same key"));
        }
    }
    Ok(map)
}

/// Tags by their keys, before they are looked at.
pub(super) fn map(tags: &[Tag]) -> BTreeMap<String, String> {
    tags.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect()
}

/// Tags as a reply lists them.
pub(super) fn list(tags: &BTreeMap<String, String>) -> Vec<Tag> {
    let tag = |(key, value): (&String, &String)| Tag { key: key.clone(), value: value.clone() };
    tags.iter().map(tag).collect()
}

/// Letters, digits and blanks of any script, and `+ - = . _ : / @`.
fn fits(text: &str, chars_max: usize) -> bool {
    let fits = |char: char| char.is_alphanumeric() || char == ' ' || "+-=._:/@".contains(char);
    text.chars().count() <= chars_max && text.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(tags: &[(&str, &str)]) -> Option<String> {
        let tag = |(key, value): &(&str, &str)| Tag { key: (*key).into(), value: (*value).into() };
        let tags: Vec<_> = tags.iter().map(tag).collect();
        of_bucket(&tags).err().and_then(|fault| fault.message)
    }

    #[test]
    fn tags_are_judged_one_by_one() {
        let long = "ä".repeat(128);
        assert_eq!(refusal(&[("team", "a b"), ("équipe", ""), (&long, "x")]), None);
        let too_long = "ä".repeat(129);
        for (tags, text) in [
            ([("a", "1"), ("a", "2")], "Cannot provide multiple Tags with the same key"),
            ([("a", "1"), ("", "2")], "The TagKey you have provided is invalid"),
            ([("a", "1"), (&too_long, "2")], "The TagKey you have provided is invalid"),
            ([("a", "1"), ("b", "<")], "The TagValue you have provided is invalid"),
            ([("a", "1"), ("AWS:b", "2")], "System tags cannot be added/updated by requester"),
        ] {
            assert_eq!(refusal(&tags).as_deref(), Some(text));
        }
        let keys: Vec<_> = (0..51).map(|n| n.to_string()).collect();
        let many: Vec<_> = keys.iter().map(|key| (key.as_str(), "")).collect();
        assert!(refusal(&many).is_some() && refusal(many.get(..50).unwrap()).is_none());
    }
}
