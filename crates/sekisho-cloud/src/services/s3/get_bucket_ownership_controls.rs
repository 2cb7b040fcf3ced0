//! `GetBucketOwnershipControls`. Source: S3 API Reference, "GetBucketOwnershipControls".

use serde::Serialize;

use super::ask::OfBucket;
use super::fault;
use super::put_bucket_ownership_controls::{OwnershipControls, Rule};
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:GetBucketOwnershipControls`.
#[derive(Debug)]
pub struct GetBucketOwnershipControls;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    ownership_controls: OwnershipControls,
}

impl Operation for GetBucketOwnershipControls {
    const NAME: &'static str = "s3:GetBucketOwnershipControls";
    const ASKS: &'static [&'static str] = &["s3:GetBucketOwnershipControls"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Output;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:GetBucketOwnershipControls", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let bucket = act.read().bucket(&input.bucket)?;
        let Some(object_ownership) = bucket.ownership else {
            let text = "The bucket ownership controls were not found";
            return Err(fault::not_set("OwnershipControlsNotFoundError", text, &bucket.name));
        };
        let rules = vec![Rule { object_ownership }];
        Ok(Output { ownership_controls: OwnershipControls { rules } })
    }
}
