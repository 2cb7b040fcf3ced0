//! `GetBucketLifecycleConfiguration`. Source: S3 API Reference, "GetBucketLifecycleConfiguration".

use serde::Serialize;

use super::ask::OfBucket;
use super::fault;
use super::lifecycle::Rule;
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:GetBucketLifecycleConfiguration`.
#[derive(Debug)]
pub struct GetBucketLifecycleConfiguration;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    rules: Vec<Rule>,
    transition_default_minimum_object_size: String,
}

impl Operation for GetBucketLifecycleConfiguration {
    const NAME: &'static str = "s3:GetBucketLifecycleConfiguration";
    const ASKS: &'static [&'static str] = &["s3:GetLifecycleConfiguration"];
    const EFFECT: Effect = Effect::Read;

    type State = S3;
    type In = OfBucket;
    type Out = Output;

    fn asks<'a>(input: &OfBucket, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks("s3:GetLifecycleConfiguration", view)
    }

    fn act(_: Permit<Self>, input: OfBucket, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let missing = || {
            let text = "The lifecycle configuration does not exist";
            fault::not_set("NoSuchLifecycleConfiguration", text, &input.bucket)
        };
        let lifecycle = act.read().lifecycles.get(&input.bucket).ok_or_else(missing)?;
        Ok(Output {
            rules: lifecycle.rules.clone(),
            transition_default_minimum_object_size: lifecycle.minimum.clone(),
        })
    }
}
