//! Copies on the server's side: the source, and what of it the copy can keep.
//!
//! Sources: S3 API Reference, "CopyObject"; S3 User Guide, "Copying, moving, and renaming objects". The
//! bytes of a whole copy are read only where it is to have a checksum that its source has not; else it
//! names the bodies of its source. Those of a part are always read: nobody knows the checksum of a range.

use sekisho_wire::checksum::Algorithm;

use super::bodies::Original;
use super::conditions::Reading;
use super::finding::{Actions, Wanted, shown};
use super::range::{self, Bytes};
use super::seals::Origin;
use super::state::{Bucket, Envelope, Object, S3, Version};
use super::{ask, bodies, fault, object_fault, object_tags, reading, seals};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;

/// What is copied.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) bucket: String,
    pub(super) key: String,
    pub(super) version: Option<String>,
    owner: Option<&'a str>,
    conditions: Reading<'a>,
}

impl<'a> Source<'a> {
    /// Reads `x-amz-copy-source`.
    ///
    /// # Errors
    /// When it names no object.
    pub(super) fn read(
        text: &str,
        owner: Option<&'a str>,
        conditions: Reading<'a>,
    ) -> Result<Self, Fault> {
        let (path, query) = match text.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (text, None),
        };
        let version = query.map(|query| query.strip_prefix("versionId=").unwrap_or(query));
        let path = object_tags::percent(path).ok_or_else(object_fault::copy_source)?;
        let path = path.strip_prefix('/').unwrap_or(&path);
        let (bucket, key) = path.split_once('/').ok_or_else(object_fault::copy_source)?;
        if key.is_empty() {
            return Err(object_fault::copy_source());
        }
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        Ok(Self { bucket, key, version: version.map(str::to_owned), owner, conditions })
    }

    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            bucket: &self.bucket,
            key: &self.key,
            version: self.version.as_deref(),
            owner: self.owner,
        }
    }

    /// The questions about the source, which may be in another region.
    ///
    /// # Errors
    /// When there is no such bucket, or it is not of the expected owner.
    pub(super) fn asks<'v>(&self, view: &View<'v, S3>) -> Result<Vec<Ask<'v>>, Fault> {
        let bucket = ask::bucket_anywhere(&self.bucket, view)?;
        ask::is_owned_as_expected(bucket, self.owner)?;
        let actions = ("s3:GetObject", "s3:GetObjectVersion");
        Ok(self.wanted().asks_in(bucket, &[actions], view))
    }

    /// The question about the tags that are copied.
    ///
    /// # Errors
    /// When there is no such bucket.
    pub(super) fn tags_ask<'v>(&self, view: &View<'v, S3>) -> Result<Ask<'v>, Fault> {
        const ACTIONS: Actions = ("s3:GetObjectTagging", "s3:GetObjectVersionTagging");
        Ok(self.wanted().ask(ACTIONS, view.state().bucket(&self.bucket)?, view))
    }

    /// Whether there are tags to copy.
    pub(super) fn has_tags(&self, state: &S3) -> bool {
        let object = self.wanted().found(state).and_then(Version::object);
        object.is_some_and(|object| !object.about.tags.is_empty())
    }

    /// The bucket and the version that is copied.
    ///
    /// # Errors
    /// When there is none, or it is a delete marker.
    pub(super) fn find(&self, act: &Act<'_, S3>) -> Result<(Bucket, Version), Fault> {
        let found = self.wanted().object("PUT", act).map_err(|fault| match fault.code {
            "MethodNotAllowed" => object_fault::copy_of_marker(),
            "InvalidArgument" => {
                object_fault::invalid_source_version(self.version.as_deref().unwrap_or_default())
            }
            _ => fault,
        });
        let (bucket, version) = found?;
        let etag = version.object().map_or("", |object| &object.etag);
        self.conditions.check_source(etag, version.modified_ms, act.now_ms())?;
        Ok((bucket.clone(), version.clone()))
    }

    /// The object that is copied.
    ///
    /// # Errors
    /// When it cannot be copied: it is archived.
    pub(super) fn object<'v>(&self, version: &'v Version) -> Result<&'v Object, Fault> {
        let object = version.object().ok_or_else(|| object_fault::no_key(&self.key))?;
        reading::readable(object)?;
        Ok(object)
    }

    /// The bytes of a range, or all of them.
    ///
    /// # Errors
    /// When the range is none of the object's, they are too many, or KMS refuses.
    pub(super) fn original(
        &self,
        range: Option<&str>,
        act: &mut Act<'_, S3>,
    ) -> Result<Original, Fault> {
        let (bucket, version) = self.find(act)?;
        let object = self.object(&version)?;
        let wanted = match range {
            Some(text) => range::of_copy(text, object.size)?,
            None => Bytes { from: 0, count: object.size },
        };
        check_size(wanted.count)?;
        let opened = seals::open(&bucket, &self.key, &object.envelope, act)?;
        let arn = bucket.object_arn(&self.key);
        let bytes = bodies::sending(&arn, object, wanted, &opened, act)?;
        let of = Origin { shown: shown(&bucket, &version), id: version.id };
        Ok(Original { bytes, of })
    }
}

/// Refuses to copy too much at once.
///
/// # Errors
/// When it is too much.
pub(super) fn check_size(size: u64) -> Result<(), Fault> {
    if size <= bodies::BODY_BYTES_MAX {
        return Ok(());
    }
    Err(fault::invalid_request(format!(
        "The specified copy source is larger than the maximum allowable size for a copy source: {}",
        bodies::BODY_BYTES_MAX
    )))
}

/// The entity tag of a copy. The MD5 of what was uploaded in parts or under KMS is not known.
pub(super) fn etag(original: &Object, envelope: &Envelope, act: &mut Act<'_, S3>) -> String {
    let is_md5 = original.envelope == Envelope::Ours && !original.etag.contains('-');
    match envelope {
        Envelope::Ours if is_md5 => original.etag.clone(),
        _ => act.dice().hex(32),
    }
}

/// The checksum that a copy is to have and its source has not, so that the bytes have to be read.
pub(super) fn other_sum(original: &Object, wanted: Option<&str>) -> Option<Algorithm> {
    let wanted = wanted.filter(|name| *name != original.sum.algorithm);
    wanted.and_then(Algorithm::of_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_read_as_paths() {
        let read = |text| {
            let source = Source::read(text, None, Reading::default());
            source.map(|one| format!("{} {} {:?}", one.bucket, one.key, one.version))
        };
        assert_eq!(read("b/k").unwrap(), "b k None");
        assert_eq!(read("/b/a%2Fk+ö?versionId=null").unwrap(), "b a/k+ö Some(\"null\")");
        for bad in ["", "b", "b/", "/b", "b/%zz"] {
            assert_eq!(read(bad).unwrap_err().code, "InvalidArgument", "{bad}");
        }
    }
}
