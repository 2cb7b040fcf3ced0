//! `DeleteBucketOwnershipControls`: whoever writes an object owns it then. There is no
//! action of this name. Source: S3 User Guide, "Required permissions for Amazon S3 API operations".

use super::ask::OfBucket;
use super::shapes::Nothing;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:DeleteBucketOwnershipControls`.
#[derive(Debug)]
pub struct DeleteBucketOwnershipControls;

impl Operation for DeleteBucketOwnershipControls {
    const NAME: &'static str = "s3:DeleteBucketOwnershipControls";
    const ASKS: &'static [&'static str] = &["s3:PutBucketOwnershipControls"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = OfBucket;
    type Out = Nothing;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:PutBucketOwnershipControls", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        act.state().edit_bucket(&input.bucket)?.ownership = None;
        Ok(Nothing {})
    }
}
