//! Tags of objects. Source: S3 User Guide, "Categorizing your objects using tags".

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::object_fault;
use crate::ask::Ask;
use crate::fault::Fault;

/// The most tags of an object.
const TAGS_MAX: usize = 10;
const KEY_CHARS_MAX: usize = 128;
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

/// Tags as a request or reply holds them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Tagging {
    /// The tags.
    pub tag_set: Vec<Tag>,
}

/// Tags as a reply lists them.
pub(super) fn list(tags: &BTreeMap<String, String>) -> Vec<Tag> {
    let tag = |(key, value): (&String, &String)| Tag { key: key.clone(), value: value.clone() };
    tags.iter().map(tag).collect()
}

/// The tags of `PutObjectTagging`.
///
/// # Errors
/// When S3 would not take them.
pub(super) fn of_list(list: &[Tag]) -> Result<BTreeMap<String, String>, Fault> {
    if list.len() > TAGS_MAX {
        return Err(object_fault::too_many_tags());
    }
    let mut tags = BTreeMap::new();
    for Tag { key, value } in list {
        check(key, value)?;
        if tags.insert(key.clone(), value.clone()).is_some() {
            let text = "Cannot provide multiple Tags with the same key";
            return Err(object_fault::invalid_tag(text, key, None));
        }
    }
    Ok(tags)
}

/// The tags of `x-amz-tagging`: a query string, in which `;` is like `&`.
///
/// # Errors
/// When S3 would not take them.
pub(super) fn of_header(text: &str) -> Result<BTreeMap<String, String>, Fault> {
    let refused = || object_fault::tagging_header(text);
    let mut tags = BTreeMap::new();
    for pair in text.split(['&', ';']).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (key, value) = (decoded(key).ok_or_else(refused)?, decoded(value).ok_or_else(refused)?);
        check(&key, &value)?;
        if tags.insert(key, value).is_some() {
            return Err(refused());
        }
    }
    if tags.len() > TAGS_MAX { Err(object_fault::too_many_tags()) } else { Ok(tags) }
}

fn check(key: &str, value: &str) -> Result<(), Fault> {
    let plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || " +-=._:/@".contains(c));
    if key.to_lowercase().starts_with("aws:") {
        let text = "Your TagKey cannot be prefixed with aws:";
        return Err(object_fault::invalid_tag(text, key, None));
    }
    if key.is_empty() || key.chars().count() > KEY_CHARS_MAX || !plain(key) {
        return Err(object_fault::invalid_tag(
            "The TagKey you have provided is invalid",
            key,
            None,
        ));
    }
    if value.chars().count() > VALUE_CHARS_MAX || !plain(value) {
        let text = "The TagValue you have provided is invalid";
        return Err(object_fault::invalid_tag(text, key, Some(value)));
    }
    Ok(())
}

/// The condition keys of tags in a request.
pub(super) fn requested<'a>(ask: Ask<'a>, tags: &BTreeMap<String, String>) -> Ask<'a> {
    if tags.is_empty() {
        return ask;
    }
    let keys = tags.keys().map(String::as_str);
    ask.with_many("s3:RequestObjectTagKeys", keys).with_map("s3:RequestObjectTag", '/', tags)
}

/// Text out of a query string or a copy source; `None` where it is not UTF-8.
pub(super) fn decoded(text: &str) -> Option<String> {
    percent(&text.replace('+', " "))
}

/// Text without percent-encoding; `None` where it is malformed or not UTF-8.
pub(super) fn percent(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut plain = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        let byte = if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            u8::try_from(digit()? << 4 | digit()?).ok()?
        } else {
            byte
        };
        plain.push(byte);
    }
    String::from_utf8(plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_query_strings() {
        let tags = of_header("a=1&b=x+y%2Fz;c").unwrap();
        let tags: Vec<_> = tags.iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(tags, ["a=1", "b=x y/z", "c="]);
        let code = |text: &str| of_header(text).unwrap_err().code;
        assert_eq!(code("a=1&a=2"), "InvalidArgument");
        assert_eq!(code("a=%zz"), "InvalidArgument");
        assert_eq!(code("aws:a=1"), "InvalidTag");
        assert_eq!(code("a=<"), "InvalidTag");
        assert_eq!(code("a&b&c&d&e&f&g&h&i&j&k"), "BadRequest");
    }
}
