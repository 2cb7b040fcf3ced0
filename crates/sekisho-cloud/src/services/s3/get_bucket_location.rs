//! `GetBucketLocation`: which region is it in? The endpoint of us-east-1 answers this for buckets of
//! every region (observed; clients begin with it). us-east-1 itself is an empty answer.
//! Source: S3 API Reference, "GetBucketLocation".

use serde::Serialize;

use super::ask::{self, OfBucket};
use super::region::FIRST_REGION;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:GetBucketLocation`.
#[derive(Debug)]
pub struct GetBucketLocation;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    #[serde(skip_serializing_if = "Option::is_none")]
    location_constraint: Option<String>,
}

impl Operation for GetBucketLocation {
    const NAME: &'static str = "s3:GetBucketLocation";
    const ASKS: &'static [&'static str] = &["s3:GetBucketLocation"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Output;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        if view.region() != FIRST_REGION {
            return input.asks("s3:GetBucketLocation", view);
        }
        let bucket = ask::bucket_anywhere(&input.bucket, view)?;
        ask::is_owned_as_expected(bucket, input.expected_bucket_owner.as_deref())?;
        Ok(vec![ask::on_bucket("s3:GetBucketLocation", bucket, view)])
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let region = &act.read().bucket(&input.bucket)?.region;
        let other = region != FIRST_REGION;
        Ok(Output { location_constraint: other.then(|| region.clone()) })
    }
}
