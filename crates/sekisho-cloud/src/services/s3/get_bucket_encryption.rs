//! `GetBucketEncryption`: never without an answer, since every bucket encrypts.
//! Source: S3 API Reference, "GetBucketEncryption".

use serde::Serialize;

use super::ask::OfBucket;
use super::put_bucket_encryption::Configuration;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:GetBucketEncryption`.
#[derive(Debug)]
pub struct GetBucketEncryption;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    server_side_encryption_configuration: Configuration,
}

impl Operation for GetBucketEncryption {
    const NAME: &'static str = "s3:GetBucketEncryption";
    const ASKS: &'static [&'static str] = &["s3:GetEncryptionConfiguration"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Output;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:GetEncryptionConfiguration", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let bucket = act.read().bucket(&input.bucket)?;
        Ok(Output { server_side_encryption_configuration: Configuration::of(bucket) })
    }
}
