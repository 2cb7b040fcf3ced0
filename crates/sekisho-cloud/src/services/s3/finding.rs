//! Which version a request means, and what a caller may be told where there is none.
//!
//! S3 looks first whether the key is there: for a missing one it asks `s3:ListBucket` instead of the
//! permission on the object, so that nobody who may not list a bucket learns what is not in it.
//! Sources: S3 API Reference, `GetObject` ("Permissions"); the text of such denials, which names
//! `s3:ListBucket`, as reported in 2025 and 2026.

use serde::{Deserialize, Serialize};

use super::state::{Bucket, S3, Version, Versioning};
use super::{ask, fault, object_fault, order};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;

/// The input of operations that name an object and nothing more.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct OfObject {
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// The version.
    pub version_id: Option<String>,
    /// The account that must own the bucket.
    pub expected_bucket_owner: Option<String>,
    /// Who pays, which changes nothing here.
    pub request_payer: Option<String>,
}

impl OfObject {
    /// Which version is meant.
    pub(super) fn wanted(&self) -> Wanted<'_> {
        Wanted {
            bucket: &self.bucket,
            key: &self.key,
            version: self.version_id.as_deref(),
            owner: self.expected_bucket_owner.as_deref(),
        }
    }
}

/// Which version a request means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) bucket: &'a str,
    pub(super) key: &'a str,
    pub(super) version: Option<&'a str>,
    pub(super) owner: Option<&'a str>,
}

/// A permission on the current version and the one on versions by their ids.
pub(super) type Actions = (&'static str, &'static str);

impl Wanted<'_> {
    /// The questions of an operation on the version: these permissions, or that to list.
    ///
    /// # Errors
    /// When there is no such bucket.
    pub(super) fn asks<'v>(
        &self,
        actions: &[Actions],
        view: &View<'v, S3>,
    ) -> Result<Vec<Ask<'v>>, Fault> {
        Ok(self.asks_in(ask::bucket(self.bucket, self.owner, view)?, actions, view))
    }

    /// The same in a bucket that is found.
    pub(super) fn asks_in<'v>(
        &self,
        bucket: &Bucket,
        actions: &[Actions],
        view: &View<'v, S3>,
    ) -> Vec<Ask<'v>> {
        if !self.is_malformed(bucket) && self.is_missing(view.state()) {
            return vec![ask::on_bucket("s3:ListBucket", bucket, view)];
        }
        actions.iter().map(|actions| self.ask(*actions, bucket, view)).collect()
    }

    /// One permission on the version, whether it is there or not.
    pub(super) fn ask<'v>(
        &self,
        (current, version): Actions,
        bucket: &Bucket,
        view: &View<'v, S3>,
    ) -> Ask<'v> {
        let action = if self.version.is_some() { version } else { current };
        let ask = ask::on_object(action, bucket, self.key, view);
        let ask = ask.with_some("s3:VersionId", self.version);
        match self.found(view.state()).and_then(Version::object) {
            Some(object) => ask.with_map("s3:ExistingObjectTag", '/', &object.about.tags),
            None => ask,
        }
    }

    /// The version, delete markers too.
    pub(super) fn found<'s>(&self, state: &'s S3) -> Option<&'s Version> {
        match self.version {
            Some(id) => state.version(self.bucket, self.key, id),
            None => state.newest(self.bucket, self.key),
        }
    }

    /// A delete marker is missing to who does not name it.
    fn is_missing(&self, state: &S3) -> bool {
        let found = self.found(state);
        found.is_none_or(|found| found.object.is_none() && self.version.is_none())
    }

    /// Buckets that never kept versions have none but `null`.
    fn is_malformed(&self, bucket: &Bucket) -> bool {
        let unversioned = bucket.versioning == Versioning::Off;
        self.version.is_some_and(|id| id != "null" && (unversioned || !order::is_version_id(id)))
    }

    /// Refuses what cannot be the id of a version here.
    ///
    /// # Errors
    /// When it is malformed.
    pub(super) fn check_id(&self, bucket: &Bucket) -> Result<(), Fault> {
        match self.version {
            Some(id) if self.is_malformed(bucket) => Err(object_fault::invalid_version(id)),
            _ => Ok(()),
        }
    }

    /// The bucket and the version, which is an object. `method` is the request's.
    ///
    /// # Errors
    /// When there is none, or it is a delete marker.
    pub(super) fn object<'s>(
        &self,
        method: &str,
        act: &'s Act<'_, S3>,
    ) -> Result<(&'s Bucket, &'s Version), Fault> {
        let bucket = act.read().bucket(self.bucket)?;
        self.check_id(bucket)?;
        let found = self.found(act.read());
        match (found, self.version) {
            (Some(version), _) if version.object.is_some() => Ok((bucket, version)),
            (Some(marker), Some(_)) => Err(object_fault::is_marker(method, marker)),
            (None, Some(id)) => Err(object_fault::no_version(self.key, id)),
            (Some(marker), None) => {
                Err(object_fault::marked(object_fault::no_key(self.key), marker))
            }
            (None, None) => Err(object_fault::no_key(self.key)),
        }
        .map_err(|fault| fault.with_header(fault::REGION_HEADER, bucket.region.as_str()))
    }

    /// The version whose tags are meant: a delete marker is refused as if it were named.
    ///
    /// # Errors
    /// As above.
    pub(super) fn tagged<'s>(
        &self,
        method: &str,
        act: &'s Act<'_, S3>,
    ) -> Result<(&'s Bucket, &'s Version), Fault> {
        let marker = self.found(act.read()).filter(|version| version.object.is_none());
        let version = marker.map(Version::shown_id).or(self.version);
        Wanted { version, ..*self }.object(method, act)
    }
}

/// The id of a version as replies carry it: none in buckets that never kept versions.
pub(super) fn shown(bucket: &Bucket, version: &Version) -> Option<String> {
    (bucket.versioning != Versioning::Off).then(|| version.shown_id().to_owned())
}
