//! `PutBucketLifecycleConfiguration`: in place of all rules that are there. It is looked at from the next
//! midnight on. Source: S3 API Reference, "PutBucketLifecycleConfiguration".

use serde::{Deserialize, Serialize};

use super::lifecycle::expiry::next_midnight;
use super::lifecycle::{self, Lifecycle, Rule};
use super::state::S3;
use super::{ask, fault};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// What `TransitionDefaultMinimumObjectSize` is where nobody says.
const USUAL_MINIMUM: &str = "all_storage_classes_128K";

/// `s3:PutBucketLifecycleConfiguration`.
#[derive(Debug)]
pub struct PutBucketLifecycleConfiguration;

/// The input. Whether body and checksum agree is looked at before it gets here.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The bucket.
    pub bucket: String,
    /// The account that must own it.
    pub expected_bucket_owner: Option<String>,
    /// The algorithm of the body's checksum.
    pub checksum_algorithm: Option<String>,
    /// The rules.
    pub lifecycle_configuration: Option<Configuration>,
    /// Below which size objects do not move.
    pub transition_default_minimum_object_size: Option<String>,
}

/// The rules.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Configuration {
    /// The rules.
    pub rules: Vec<Rule>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    transition_default_minimum_object_size: String,
}

impl Operation for PutBucketLifecycleConfiguration {
    const NAME: &'static str = "s3:PutBucketLifecycleConfiguration";
    const ASKS: &'static [&'static str] = &["s3:PutLifecycleConfiguration"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let expected = input.expected_bucket_owner.as_deref();
        ask::asks("s3:PutLifecycleConfiguration", &input.bucket, expected, view)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let configuration = input.lifecycle_configuration.ok_or_else(fault::malformed_xml)?;
        let rules = lifecycle::taken(configuration.rules, act.dice())?;
        let minimum = input.transition_default_minimum_object_size;
        let minimum = minimum.unwrap_or_else(|| USUAL_MINIMUM.to_owned());
        let next_ms = next_midnight(act.now_ms());
        let lifecycle = Lifecycle { rules, minimum: minimum.clone(), next_ms };
        act.state().set_lifecycle(&input.bucket, Some(lifecycle));
        Ok(Output { transition_default_minimum_object_size: minimum })
    }
}
