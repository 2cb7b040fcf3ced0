//! `DeleteBucketEncryption`: objects are encrypted with SSE-S3 again. There is no action of this
//! name. Source: S3 User Guide, "Required permissions for Amazon S3 API operations".

use super::ask::OfBucket;
use super::shapes::Nothing;
use super::state::{BucketEncryption, S3};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:DeleteBucketEncryption`.
#[derive(Debug)]
pub struct DeleteBucketEncryption;

impl Operation for DeleteBucketEncryption {
    const NAME: &'static str = "s3:DeleteBucketEncryption";
    const ASKS: &'static [&'static str] = &["s3:PutEncryptionConfiguration"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = OfBucket;
    type Out = Nothing;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:PutEncryptionConfiguration", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        let bucket = act.state().edit_bucket(&input.bucket)?;
        bucket.encryption = BucketEncryption::default();
        Ok(Nothing {})
    }
}
