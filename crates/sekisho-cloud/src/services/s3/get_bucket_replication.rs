//! `GetBucketReplication`: no bucket has one here, because setting one is not served; the answer is AWS's for a
//! bucket without. Source: S3 API Reference, "GetBucketReplication".

use super::ask::OfBucket;
use super::fault;
use super::shapes::Nothing;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:GetBucketReplication`.
#[derive(Debug)]
pub struct GetBucketReplication;

impl Operation for GetBucketReplication {
    const NAME: &'static str = "s3:GetBucketReplication";
    const ASKS: &'static [&'static str] = &["s3:GetReplicationConfiguration"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Nothing;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:GetReplicationConfiguration", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        let bucket = act.read().bucket(&input.bucket)?;
        Err(fault::not_set(
            "ReplicationConfigurationNotFoundError",
            "The replication configuration was not found",
            &bucket.name,
        ))
    }
}
