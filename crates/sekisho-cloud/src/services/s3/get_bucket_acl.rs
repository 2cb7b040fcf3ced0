//! `GetBucketAcl`: the owner has full control, and nobody else has anything.
//! Source: S3 API Reference, "GetBucketAcl"; no bucket gets other grants here (see `PutBucketAcl`).

use serde::Serialize;

use super::ask::OfBucket;
use super::shapes::{Grant, Owner};
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::directory::canonical_user;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:GetBucketAcl`.
#[derive(Debug)]
pub struct GetBucketAcl;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    owner: Owner,
    grants: Vec<Grant>,
}

impl Operation for GetBucketAcl {
    const NAME: &'static str = "s3:GetBucketAcl";
    const ASKS: &'static [&'static str] = &["s3:GetBucketAcl"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Output;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:GetBucketAcl", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let id = canonical_user(act.read().bucket(&input.bucket)?.account);
        let owner = Owner { id: Some(id.clone()), display_name: None };
        Ok(Output { owner, grants: vec![Grant::full_control(id)] })
    }
}
