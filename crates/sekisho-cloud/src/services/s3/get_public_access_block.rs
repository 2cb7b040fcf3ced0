//! `GetPublicAccessBlock`. Source: S3 API Reference, "GetPublicAccessBlock".

use serde::Serialize;

use super::ask::OfBucket;
use super::fault;
use super::put_public_access_block::Configuration;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:GetPublicAccessBlock`.
#[derive(Debug)]
pub struct GetPublicAccessBlock;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    public_access_block_configuration: Configuration,
}

impl Operation for GetPublicAccessBlock {
    const NAME: &'static str = "s3:GetPublicAccessBlock";
    const ASKS: &'static [&'static str] = &["s3:GetBucketPublicAccessBlock"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Output;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:GetBucketPublicAccessBlock", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let bucket = act.read().bucket(&input.bucket)?;
        if !bucket.public_access.configured {
            let text = "The public access block configuration was not found";
            return Err(fault::not_set("NoSuchPublicAccessBlockConfiguration", text, &bucket.name));
        }
        let configuration = Configuration::of(bucket.public_access);
        Ok(Output { public_access_block_configuration: configuration })
    }
}
