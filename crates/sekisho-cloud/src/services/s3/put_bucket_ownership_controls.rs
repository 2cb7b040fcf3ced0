//! `PutBucketOwnershipControls`. No condition key tells what is to be.
//! Source: S3 API Reference, "PutBucketOwnershipControls"; service authorization reference.

use serde::{Deserialize, Serialize};

use super::shapes::Nothing;
use super::state::{Ownership, S3};
use super::{ask, fault};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:PutBucketOwnershipControls`.
#[derive(Debug)]
pub struct PutBucketOwnershipControls;

/// The input. Whether body and digest agree is looked at before it gets here.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The bucket.
    pub bucket: String,
    /// The account that must own it.
    pub expected_bucket_owner: Option<String>,
    /// The digest of the body.
    #[serde(rename = "ContentMD5")]
    pub content_md5: Option<String>,
    /// The algorithm of the body's checksum.
    pub checksum_algorithm: Option<String>,
    /// Who owns objects.
    pub ownership_controls: OwnershipControls,
}

/// Who owns objects.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct OwnershipControls {
    /// One rule.
    pub rules: Vec<Rule>,
}

/// Who owns objects.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Rule {
    /// Who.
    pub object_ownership: Ownership,
}

impl Operation for PutBucketOwnershipControls {
    const NAME: &'static str = "s3:PutBucketOwnershipControls";
    const ASKS: &'static [&'static str] = &["s3:PutBucketOwnershipControls"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = Input;
    type Out = Nothing;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let expected = input.expected_bucket_owner.as_deref();
        ask::asks("s3:PutBucketOwnershipControls", &input.bucket, expected, view)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        let [Rule { object_ownership }] = &*input.ownership_controls.rules else {
            return Err(fault::malformed_xml());
        };
        act.state().edit_bucket(&input.bucket)?.ownership = Some(*object_ownership);
        Ok(Nothing {})
    }
}
