//! `GetBucketRequestPayment`: the owner pays, because letting requesters pay is not served.
//! Source: S3 API Reference, "GetBucketRequestPayment".

use serde::Serialize;

use super::ask::OfBucket;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:GetBucketRequestPayment`.
#[derive(Debug)]
pub struct GetBucketRequestPayment;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    payer: &'static str,
}

impl Operation for GetBucketRequestPayment {
    const NAME: &'static str = "s3:GetBucketRequestPayment";
    const ASKS: &'static [&'static str] = &["s3:GetBucketRequestPayment"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Output;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:GetBucketRequestPayment", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        act.read().bucket(&input.bucket)?;
        Ok(Output { payer: "BucketOwner" })
    }
}
