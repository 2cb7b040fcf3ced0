//! Which objects a rule is for, and when what it is for ends.
//!
//! Source: S3 User Guide, "Lifecycle configuration elements" ("Amazon S3 calculates the time by adding
//! the number of days specified in the rule to the object creation time and rounding up the resulting
//! time to the next day at midnight UTC") and "Expiring objects".

use std::collections::BTreeMap;

use super::{All, DAY_MS, Rule};
use crate::services::s3::state::Version;
use crate::services::s3::tags::Tag;

/// What a rule may look at besides the key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looks<'a> {
    tags: &'a BTreeMap<String, String>,
    size: u64,
}

impl<'a> Looks<'a> {
    /// What a rule sees of a version.
    pub(super) fn of(version: &'a Version) -> Option<Self> {
        let object = version.object()?;
        Some(Self { tags: &object.about.tags, size: object.size })
    }
}

/// Days after a time, at the next midnight.
pub(super) fn after(from_ms: i64, days: i64) -> i64 {
    let at = from_ms.saturating_add(days.saturating_mul(DAY_MS));
    let late = at.rem_euclid(DAY_MS);
    if late == 0 { at } else { at - late + DAY_MS }
}

impl Rule {
    /// The conditions of the rule, in whichever of the three forms they are written.
    fn conditions(&self) -> All {
        let mut all = All { prefix: self.prefix.clone(), ..All::default() };
        let Some(filter) = &self.filter else { return all };
        if let Some(and) = &filter.and {
            return and.clone();
        }
        all.prefix.clone_from(&filter.prefix);
        all.tags.extend(filter.tag.clone());
        all.object_size_greater_than = filter.object_size_greater_than;
        all.object_size_less_than = filter.object_size_less_than;
        all
    }

    pub(super) fn has_tags(&self) -> bool {
        !self.conditions().tags.is_empty()
    }

    pub(super) fn has_sizes(&self) -> bool {
        let all = self.conditions();
        all.object_size_greater_than.is_some() || all.object_size_less_than.is_some()
    }

    /// Whether it is in force.
    pub(super) fn is_on(&self) -> bool {
        self.status == "Enabled"
    }

    /// What the keys begin with that it is for.
    pub(super) fn prefix(&self) -> String {
        self.conditions().prefix.unwrap_or_default()
    }

    /// Whether it is for this; `None`: a delete marker.
    pub(super) fn is_for(&self, key: &str, looks: Option<Looks<'_>>) -> bool {
        let all = self.conditions();
        let has_any = !all.tags.is_empty() || self.has_sizes();
        if !key.starts_with(all.prefix.as_deref().unwrap_or_default()) {
            return false;
        }
        let Some(Looks { tags, size }) = looks else { return !has_any };
        let is_there = |tag: &Tag| tags.get(&tag.key) == Some(&tag.value);
        all.tags.iter().all(is_there)
            && all.object_size_greater_than.is_none_or(|than| size > than)
            && all.object_size_less_than.is_none_or(|than| size < than)
    }

    /// When a current version of this age ends.
    pub(super) fn ends(&self, written_ms: i64) -> Option<i64> {
        let expiration = self.expiration.as_ref()?;
        let date = expiration.date.map(|date| date.0);
        date.or_else(|| expiration.days.map(|days| after(written_ms, days)))
    }

    /// Whether a delete marker with nothing behind it ends. A rule in days takes those that are old
    /// enough with it.
    pub(super) fn ends_marker(&self, written_ms: i64, now_ms: i64) -> bool {
        let Some(expiration) = &self.expiration else { return false };
        expiration.expired_object_delete_marker == Some(true)
            || expiration.days.is_some_and(|days| after(written_ms, days) <= now_ms)
    }

    /// Whether an older version ends, which was superseded then and behind which so many newer ones
    /// of the older stand.
    pub(super) fn ends_older(&self, superseded_ms: i64, newer: usize, now_ms: i64) -> bool {
        let Some(rule) = &self.noncurrent_version_expiration else { return false };
        let stays = rule.newer_noncurrent_versions.unwrap_or_default();
        let days = rule.noncurrent_days.unwrap_or(i64::MAX);
        newer as u64 >= stays && after(superseded_ms, days) <= now_ms
    }

    /// When an upload ends that began then.
    pub(super) fn ends_upload(&self, began_ms: i64) -> Option<i64> {
        let abort = self.abort_incomplete_multipart_upload.as_ref()?;
        abort.days_after_initiation.map(|days| after(began_ms, days))
    }
}
