//! `GetBucketTagging`. Source: S3 API Reference, "GetBucketTagging".

use serde::Serialize;

use super::ask::OfBucket;
use super::state::S3;
use super::tags::Tag;
use super::{fault, tags};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:GetBucketTagging`.
#[derive(Debug)]
pub struct GetBucketTagging;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    tag_set: Vec<Tag>,
}

impl Operation for GetBucketTagging {
    const NAME: &'static str = "s3:GetBucketTagging";
    const ASKS: &'static [&'static str] = &["s3:GetBucketTagging"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Output;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:GetBucketTagging", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let bucket = act.read().bucket(&input.bucket)?;
        if bucket.tags.is_empty() {
            let text = "The TagSet does not exist";
            return Err(fault::not_set("NoSuchTagSet", text, &bucket.name));
        }
        Ok(Output { tag_set: tags::list(&bucket.tags) })
    }
}
