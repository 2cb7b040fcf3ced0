//! `GetBucketAccelerateConfiguration`: transfer acceleration is never on here, because switching it on is not served; AWS
//! answers an empty configuration for a bucket without. Source: S3 API Reference, "GetBucketAccelerateConfiguration".

use super::ask::OfBucket;
use super::shapes::Nothing;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:GetBucketAccelerateConfiguration`.
#[derive(Debug)]
pub struct GetBucketAccelerateConfiguration;

impl Operation for GetBucketAccelerateConfiguration {
    const NAME: &'static str = "s3:GetBucketAccelerateConfiguration";
    const ASKS: &'static [&'static str] = &["s3:GetAccelerateConfiguration"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Nothing;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:GetAccelerateConfiguration", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        act.read().bucket(&input.bucket)?;
        Ok(Nothing {})
    }
}
