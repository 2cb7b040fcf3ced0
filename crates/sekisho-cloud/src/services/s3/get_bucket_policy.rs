//! `GetBucketPolicy`: for the owner's account alone (others get 405), and for its root user
//! whatever the policy itself denies. Source: S3 API Reference, "GetBucketPolicy".

use serde::Serialize;

use super::ask::OfBucket;
use super::policy;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:GetBucketPolicy`.
#[derive(Debug)]
pub struct GetBucketPolicy;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    policy: String,
}

impl Operation for GetBucketPolicy {
    const NAME: &'static str = "s3:GetBucketPolicy";
    const ASKS: &'static [&'static str] = &["s3:GetBucketPolicy"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Output;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let expected = input.expected_bucket_owner.as_deref();
        Ok(vec![policy::ask("s3:GetBucketPolicy", &input.bucket, expected, view)?])
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let bucket = act.read().bucket(&input.bucket)?;
        policy::not_by_strangers(bucket, act.principal(), "GET")?;
        let policy = bucket.policy.as_ref().ok_or_else(|| policy::none(&bucket.name))?;
        Ok(Output { policy: policy.bound.shown(&act.directory()) })
    }
}
