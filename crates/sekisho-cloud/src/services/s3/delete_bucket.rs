//! `DeleteBucket`: an empty one. Source: S3 API Reference, "DeleteBucket".

use super::ask::OfBucket;
use super::shapes::Nothing;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:DeleteBucket`.
#[derive(Debug)]
pub struct DeleteBucket;

impl Operation for DeleteBucket {
    const NAME: &'static str = "s3:DeleteBucket";
    const ASKS: &'static [&'static str] = &["s3:DeleteBucket"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = OfBucket;
    type Out = Nothing;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:DeleteBucket", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        act.state().remove_bucket(&input.bucket);
        Ok(Nothing {})
    }
}
