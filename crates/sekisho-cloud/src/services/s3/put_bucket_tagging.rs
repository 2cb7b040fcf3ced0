//! `PutBucketTagging`: in place of all tags that are there. No condition key tells the new ones.
//! Source: S3 API Reference, "PutBucketTagging"; service authorization reference.

use serde::{Deserialize, Serialize};

use super::shapes::Nothing;
use super::state::S3;
use super::tags::Tag;
use super::{ask, tags};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:PutBucketTagging`.
#[derive(Debug)]
pub struct PutBucketTagging;

/// The input. Whether body and digest agree is looked at before it gets here.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The bucket.
    pub bucket: String,
    /// The account that must own it.
    pub expected_bucket_owner: Option<String>,
    /// The digest of the body.
    #[serde(rename = "ContentMD5")]
    pub content_md5: Option<String>,
    /// The algorithm of the body's checksum.
    pub checksum_algorithm: Option<String>,
    /// The tags.
    pub tagging: Tagging,
}

/// The tags.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Tagging {
    /// The tags.
    pub tag_set: Vec<Tag>,
}

impl Operation for PutBucketTagging {
    const NAME: &'static str = "s3:PutBucketTagging";
    const ASKS: &'static [&'static str] = &["s3:PutBucketTagging"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = Input;
    type Out = Nothing;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let expected = input.expected_bucket_owner.as_deref();
        ask::asks("s3:PutBucketTagging", &input.bucket, expected, view)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        let tags = tags::of_bucket(&input.tagging.tag_set)?;
        act.state().edit_bucket(&input.bucket)?.tags = tags;
        Ok(Nothing {})
    }
}
