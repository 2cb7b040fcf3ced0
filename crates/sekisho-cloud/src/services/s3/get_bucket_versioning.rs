//! `GetBucketVersioning`. Source: S3 API Reference, "GetBucketVersioning".

use serde::Serialize;

use super::ask::OfBucket;
use super::state::{S3, Versioning};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:GetBucketVersioning`.
#[derive(Debug)]
pub struct GetBucketVersioning;

/// The output: nothing where versioning never was on.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}

impl Operation for GetBucketVersioning {
    const NAME: &'static str = "s3:GetBucketVersioning";
    const ASKS: &'static [&'static str] = &["s3:GetBucketVersioning"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Output;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:GetBucketVersioning", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let status = match act.read().bucket(&input.bucket)?.versioning {
            Versioning::Off => None,
            Versioning::Enabled => Some("Enabled"),
            Versioning::Suspended => Some("Suspended"),
        };
        Ok(Output { status })
    }
}
