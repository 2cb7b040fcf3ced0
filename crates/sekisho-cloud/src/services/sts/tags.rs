//! Session tags: those that are passed, and those that a chain of roles hands on.
//!
//! Source: IAM User Guide, "Pass session tags in AWS STS": keys are the same whatever their case, a
//! transitive tag stays so through the chain and cannot be set again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fault;
use crate::fault::Fault;
use crate::session::Session;

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// The tags of a session that is to be.
#[derive(Debug)]
pub(super) struct SessionTags {
    /// Those of the request.
    pub(super) passed: BTreeMap<String, String>,
    /// All of them.
    pub(super) all: BTreeMap<String, String>,
    /// The keys of those that go on, in lower case.
    pub(super) transitive: BTreeSet<String>,
}

impl SessionTags {
    /// Joins what is passed with what the calling session hands on.
    ///
    /// # Errors
    /// Refuses keys that stand twice, are AWS's, are not there, or are handed on already.
    pub(super) fn of(
        tags: &[Tag],
        transitive: &[String],
        caller: Option<&Session>,
    ) -> Result<Self, Fault> {
        let keys: BTreeSet<_> = tags.iter().map(|tag| tag.key.to_lowercase()).collect();
        if keys.len() < tags.len() {
            let text = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
            return Err(fault::tags(text));
        }
        if keys.iter().any(|key| key.starts_with("aws:")) {
            let text = "aws: prefixed tag key names are not allowed for external use.";
            return Err(fault::tags(text));
        }
        let mut going_on: BTreeSet<_> = transitive.iter().map(|key| key.to_lowercase()).collect();
        if !going_on.is_subset(&keys) {
            let text = "The specified transitive tag key must be included in the requested tags.";
            return Err(fault::tags(text));
        }
        let inherited = caller.map(inherited).unwrap_or_default();
        if inherited.keys().any(|key| keys.contains(&key.to_lowercase())) {
            return Err(fault::tags(
                "One of the specified transitive tag keys can't be set because it conflicts with \
                 a transitive tag key from the calling session.",
            ));
        }
        going_on.extend(inherited.keys().map(|key| key.to_lowercase()));
        let passed = tags.iter().map(|tag| (tag.key.clone(), tag.value.clone()));
        let passed: BTreeMap<_, _> = passed.collect();
        let all = inherited.into_iter().chain(passed.clone()).collect();
        Ok(Self { passed, all, transitive: going_on })
    }
}

/// The tags that a session hands on.
fn inherited(session: &Session) -> BTreeMap<String, String> {
    let goes_on = |key: &str| session.transitive.contains(&key.to_lowercase());
    let tags = session.tags.iter().filter(|(key, _)| goes_on(key));
    tags.map(|(key, value)| (key.clone(), value.clone())).collect()
}
