//! `DeleteBucketPolicy`: for the owner's account alone (others get 405), and for its root user
//! whatever the policy itself denies. Source: S3 API Reference, "DeleteBucketPolicy".

use super::ask::OfBucket;
use super::policy;
use super::shapes::Nothing;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:DeleteBucketPolicy`.
#[derive(Debug)]
pub struct DeleteBucketPolicy;

impl Operation for DeleteBucketPolicy {
    const NAME: &'static str = "s3:DeleteBucketPolicy";
    const ASKS: &'static [&'static str] = &["s3:DeleteBucketPolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = OfBucket;
    type Out = Nothing;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let expected = input.expected_bucket_owner.as_deref();
        Ok(vec![policy::ask("s3:DeleteBucketPolicy", &input.bucket, expected, view)?])
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        policy::not_by_strangers(act.read().bucket(&input.bucket)?, act.principal(), "DELETE")?;
        act.state().edit_bucket(&input.bucket)?.policy = None;
        Ok(Nothing {})
    }
}
