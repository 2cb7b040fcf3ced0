//! `DeleteBucketLifecycle`: all rules go. There is no action of this name.
//! Source: S3 User Guide, "Required permissions for Amazon S3 API operations".

use super::ask::OfBucket;
use super::shapes::Nothing;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:DeleteBucketLifecycle`.
#[derive(Debug)]
pub struct DeleteBucketLifecycle;

impl Operation for DeleteBucketLifecycle {
    const NAME: &'static str = "s3:DeleteBucketLifecycle";
    const ASKS: &'static [&'static str] = &["s3:PutLifecycleConfiguration"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = OfBucket;
    type Out = Nothing;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:PutLifecycleConfiguration", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        act.state().set_lifecycle(&input.bucket, None);
        Ok(Nothing {})
    }
}
