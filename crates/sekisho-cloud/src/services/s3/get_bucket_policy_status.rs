//! `GetBucketPolicyStatus`: is its policy public?
//! Source: S3 API Reference, "GetBucketPolicyStatus".

use serde::Serialize;

use super::ask::OfBucket;
use super::policy;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:GetBucketPolicyStatus`.
#[derive(Debug)]
pub struct GetBucketPolicyStatus;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    policy_status: PolicyStatus,
}

/// The status.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyStatus {
    is_public: bool,
}

impl Operation for GetBucketPolicyStatus {
    const NAME: &'static str = "s3:GetBucketPolicyStatus";
    const ASKS: &'static [&'static str] = &["s3:GetBucketPolicyStatus"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Output;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:GetBucketPolicyStatus", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let bucket = act.read().bucket(&input.bucket)?;
        let policy = bucket.policy.as_ref().ok_or_else(|| policy::none(&bucket.name))?;
        Ok(Output { policy_status: PolicyStatus { is_public: policy.is_public } })
    }
}
