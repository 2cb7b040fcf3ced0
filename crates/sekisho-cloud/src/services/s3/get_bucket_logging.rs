//! `GetBucketLogging`: server access logging is never on here, because switching it on is not served; AWS
//! answers an empty configuration for a bucket without. Source: S3 API Reference, "GetBucketLogging".

use super::ask::OfBucket;
use super::shapes::Nothing;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:GetBucketLogging`.
#[derive(Debug)]
pub struct GetBucketLogging;

impl Operation for GetBucketLogging {
    const NAME: &'static str = "s3:GetBucketLogging";
    const ASKS: &'static [&'static str] = &["s3:GetBucketLogging"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Nothing;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:GetBucketLogging", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        act.read().bucket(&input.bucket)?;
        Ok(Nothing {})
    }
}
