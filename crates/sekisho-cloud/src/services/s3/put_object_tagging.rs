//! `PutObjectTagging`. Source: S3 API Reference, "PutObjectTagging".

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::finding::{Wanted, shown};
use super::object_tags::{self, Tagging};
use super::order;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:PutObjectTagging`.
#[derive(Debug)]
pub struct PutObjectTagging;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
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
    /// The MD5 of the body, which the shell has verified.
    #[serde(rename = "ContentMD5")]
    pub content_md5: Option<String>,
    /// The algorithm of the body's checksum, which the shell has verified.
    pub checksum_algorithm: Option<String>,
    /// All tags that the object is to have.
    pub tagging: Tagging,
}

impl Input {
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            bucket: &self.bucket,
            key: &self.key,
            version: self.version_id.as_deref(),
            owner: self.expected_bucket_owner.as_deref(),
        }
    }
}

/// The output of what changes tags.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Retagged {
    version_id: Option<String>,
}

/// Gives a version other tags.
pub(super) fn retag(
    wanted: &Wanted<'_>,
    method: &str,
    tags: BTreeMap<String, String>,
    act: &mut Act<'_, S3>,
) -> Result<Retagged, Fault> {
    let (bucket, version) = wanted.tagged(method, act)?;
    let (version_id, row) =
        (shown(bucket, version), order::row(wanted.bucket, wanted.key, &version.id));
    let version = act.state().versions.edit(&row);
    if let Some(object) = version.and_then(|version| version.object.as_mut()) {
        object.about.tags = tags;
    }
    Ok(Retagged { version_id })
}

impl Operation for PutObjectTagging {
    const NAME: &'static str = "s3:PutObjectTagging";
    const ASKS: &'static [&'static str] =
        &["s3:PutObjectTagging", "s3:PutObjectVersionTagging", "s3:ListBucket"];
    const EFFECT: Effect = Effect::Write;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Retagged;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let actions = ("s3:PutObjectTagging", "s3:PutObjectVersionTagging");
        let asks = input.wanted().asks(&[actions], view)?;
        let list = input.tagging.tag_set.iter();
        let tags = list.map(|tag| (tag.key.clone(), tag.value.clone())).collect();
        Ok(asks.into_iter().map(|ask| object_tags::requested(ask, &tags)).collect())
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Retagged, Fault> {
        let tags = object_tags::of_list(&input.tagging.tag_set)?;
        retag(&input.wanted(), "PUT", tags, act)
    }
}
