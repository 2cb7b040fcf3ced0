//! `HeadBucket`: is it there, and may I list it? There is no action of this name.
//! Source: S3 API Reference, "HeadBucket".

use serde::Serialize;

use super::ask::OfBucket;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:HeadBucket`.
#[derive(Debug)]
pub struct HeadBucket;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    bucket_region: String,
    access_point_alias: bool,
}

impl Operation for HeadBucket {
    const NAME: &'static str = "s3:HeadBucket";
    const ASKS: &'static [&'static str] = &["s3:ListBucket"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Output;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:ListBucket", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let bucket_region = act.read().bucket(&input.bucket)?.region.clone();
        Ok(Output { bucket_region, access_point_alias: false })
    }
}
