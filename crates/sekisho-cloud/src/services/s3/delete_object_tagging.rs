//! `DeleteObjectTagging`. Source: S3 API Reference, "DeleteObjectTagging".

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::finding::Wanted;
use super::put_object_tagging::{Retagged, retag};
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:DeleteObjectTagging`.
#[derive(Debug)]
pub struct DeleteObjectTagging;

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

impl Operation for DeleteObjectTagging {
    const NAME: &'static str = "s3:DeleteObjectTagging";
    const ASKS: &'static [&'static str] =
        &["s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging", "s3:ListBucket"];
    const EFFECT: Effect = Effect::Write;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Retagged;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let actions = ("s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging");
        input.wanted().asks(&[actions], view)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Retagged, Fault> {
        retag(&input.wanted(), "DELETE", BTreeMap::new(), act)
    }
}
