//! Lifecycle configurations: how they are written, and which are taken.
//!
//! Sources: S3 API Reference, `PutBucketLifecycleConfiguration`; S3 User Guide, "Lifecycle configuration
//! elements". What ends is served; what moves to another storage class is not.

pub(crate) mod expiry;
mod rule;
mod told;

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::fault::{fault, invalid_request, malformed_xml};
use super::tags::Tag;
use crate::dice::Dice;
use crate::fault::Fault;

/// The most rules of a bucket.
const RULES_MAX: usize = 1_000;
/// The longest id of a rule.
const ID_CHARS_MAX: usize = 255;
/// The length of an id that S3 makes for a rule without.
const ID_DIGITS: usize = 48;
const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// A day, in milliseconds.
pub(super) const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The row of a bucket with a lifecycle configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifecycle {
    /// Its rules.
    pub rules: Vec<Rule>,
    /// `TransitionDefaultMinimumObjectSize`, which S3 keeps and shows. It says nothing of what ends.
    pub minimum: String,
    /// When it is looked at next, in milliseconds since 1970: at midnight.
    pub next_ms: i64,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Rule {
    /// Its name.
    #[serde(rename = "ID", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The keys that it is for; the older form of a filter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// The objects that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
    /// `Enabled` or `Disabled`.
    pub status: String,
    /// When the current version ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration: Option<Expiration>,
    /// When older versions end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noncurrent_version_expiration: Option<Noncurrent>,
    /// When uploads end that were not completed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abort_incomplete_multipart_upload: Option<Abort>,
}

/// Which objects a rule is for: all, those of one condition, or those of several (`and`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Filter {
    /// What keys begin with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// A tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag>,
    /// More bytes than these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object_size_greater_than: Option<u64>,
    /// Fewer bytes than these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object_size_less_than: Option<u64>,
    /// All of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub and: Option<All>,
}

/// Conditions all of which must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct All {
    /// What keys begin with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// More bytes than these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object_size_greater_than: Option<u64>,
    /// Fewer bytes than these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object_size_less_than: Option<u64>,
}

/// When the current version ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Expiration {
    /// On this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Millis>,
    /// So many days after it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
    /// A delete marker with nothing behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expired_object_delete_marker: Option<bool>,
}

/// When older versions end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Noncurrent {
    /// So many days after they were superseded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noncurrent_days: Option<i64>,
    /// How many of them stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newer_noncurrent_versions: Option<u64>,
}

/// When uploads end that were not completed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Abort {
    /// So many days after they began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_after_initiation: Option<i64>,
}

/// The rules as they are kept: each with an id.
///
/// # Errors
/// What is wrong with the first that is wrong.
pub(super) fn taken(mut rules: Vec<Rule>, dice: &mut Dice) -> Result<Vec<Rule>, Fault> {
    if rules.is_empty() {
        return Err(malformed_xml());
    }
    if rules.len() > RULES_MAX {
        let text = "The number of lifecycle rules must not exceed the allowed limit of 1000 rules";
        return Err(invalid(text));
    }
    for rule in &mut rules {
        rule.check()?;
        rule.id.get_or_insert_with(|| dice.text(DIGITS, ID_DIGITS));
    }
    let mut ids: Vec<_> = rules.iter().map(|rule| &rule.id).collect();
    ids.sort();
    match ids.windows(2).any(|pair| matches!(pair, [one, next] if one == next)) {
        true => Err(invalid("Rule ID must be unique. Found same ID for more than one rule")),
        false => Ok(rules),
    }
}

fn invalid(text: &str) -> Fault {
    fault("InvalidArgument", 400, text)
}

impl Rule {
    fn check(&self) -> Result<(), Fault> {
        if self.id.as_ref().is_some_and(|id| id.chars().count() > ID_CHARS_MAX) {
            return Err(invalid("ID length should not exceed allowed limit of 255"));
        }
        if self.prefix.is_some() == self.filter.is_some() {
            return Err(malformed_xml());
        }
        self.filter.as_ref().map_or(Ok(()), Filter::check)?;
        self.expiration.as_ref().map_or(Ok(()), Expiration::check)?;
        if let Some(noncurrent) = &self.noncurrent_version_expiration {
            positive(noncurrent.noncurrent_days, "NoncurrentDays", "NoncurrentVersionExpiration")?;
        }
        if let Some(abort) = &self.abort_incomplete_multipart_upload {
            let (days, action) = ("DaysAfterInitiation", "AbortIncompleteMultipartUpload");
            positive(abort.days_after_initiation, days, action)?;
            self.must_be_for_all(action)?;
        }
        let marker = self.expiration.as_ref().and_then(|one| one.expired_object_delete_marker);
        if marker.is_some() {
            self.must_be_for_all("ExpiredObjectDeleteMarker")?;
        }
        let acts = self.expiration.is_some()
            || self.noncurrent_version_expiration.is_some()
            || self.abort_incomplete_multipart_upload.is_some();
        let idle = "At least one action needs to be specified in a rule";
        if acts { Ok(()) } else { Err(invalid_request(idle)) }
    }

    /// Uploads and delete markers have neither tags nor a size.
    fn must_be_for_all(&self, action: &str) -> Result<(), Fault> {
        if self.has_tags() {
            return Err(invalid_request(format!("{action} cannot be specified with Tags.")));
        }
        if self.has_sizes() {
            return Err(invalid_request(format!("{action} cannot be specified with Object Size.")));
        }
        Ok(())
    }
}

impl Filter {
    /// One condition at most; several stand in `And`.
    fn check(&self) -> Result<(), Fault> {
        let said = [
            self.prefix.is_some(),
            self.tag.is_some(),
            self.object_size_greater_than.is_some(),
            self.object_size_less_than.is_some(),
            self.and.is_some(),
        ];
        let one = said.into_iter().filter(|is| *is).count() <= 1;
        if one { Ok(()) } else { Err(malformed_xml()) }
    }
}

impl Expiration {
    fn check(&self) -> Result<(), Fault> {
        match (self.days, self.date, self.expired_object_delete_marker) {
            (Some(days), None, None) => positive(Some(days), "Days", "Expiration"),
            (None, Some(date), None) if date.0 % DAY_MS == 0 => Ok(()),
            (None, Some(_), None) => Err(invalid("'Date' must be at midnight GMT")),
            (None, None, Some(_)) => Ok(()),
            _ => Err(malformed_xml()),
        }
    }
}

fn positive(days: Option<i64>, name: &str, action: &str) -> Result<(), Fault> {
    match days {
        Some(days) if days > 0 => Ok(()),
        Some(_) => {
            Err(invalid(&format!("'{name}' for {action} action must be a positive integer")))
        }
        None => Err(malformed_xml()),
    }
}
