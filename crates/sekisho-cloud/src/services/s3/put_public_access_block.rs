//! `PutPublicAccessBlock`: the name of its action has `Bucket` in it; what is left out is off.
//! Source: S3 API Reference, "PutPublicAccessBlock"; S3 User Guide, "Required permissions for Amazon
//! S3 API operations".

use serde::{Deserialize, Serialize};

use super::shapes::Nothing;
use super::state::{PublicAccessBlock, S3};
use super::{ask, fault};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:PutPublicAccessBlock`.
#[derive(Debug)]
pub struct PutPublicAccessBlock;

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
    /// What is blocked.
    pub public_access_block_configuration: Configuration,
}

/// What is blocked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Configuration {
    block_public_acls: Option<bool>,
    ignore_public_acls: Option<bool>,
    block_public_policy: Option<bool>,
    restrict_public_buckets: Option<bool>,
}

impl Configuration {
    /// What a reply says.
    pub(super) fn of(block: PublicAccessBlock) -> Self {
        Self {
            block_public_acls: Some(block.block_acls),
            ignore_public_acls: Some(block.ignore_acls),
            block_public_policy: Some(block.block_policy),
            restrict_public_buckets: Some(block.restrict),
        }
    }

    /// What it means; `None`: it says nothing.
    fn meant(&self) -> Option<PublicAccessBlock> {
        let all = [
            self.block_public_acls,
            self.ignore_public_acls,
            self.block_public_policy,
            self.restrict_public_buckets,
        ];
        all.iter().any(Option::is_some).then_some(())?;
        let [block_acls, ignore_acls, block_policy, restrict] = all.map(Option::unwrap_or_default);
        Some(PublicAccessBlock {
            configured: true,
            block_acls,
            ignore_acls,
            block_policy,
            restrict,
        })
    }
}

impl Operation for PutPublicAccessBlock {
    const NAME: &'static str = "s3:PutPublicAccessBlock";
    const ASKS: &'static [&'static str] = &["s3:PutBucketPublicAccessBlock"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = Input;
    type Out = Nothing;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let expected = input.expected_bucket_owner.as_deref();
        ask::asks("s3:PutBucketPublicAccessBlock", &input.bucket, expected, view)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        let block = input.public_access_block_configuration.meant();
        let text = "Must specify at least one configuration.";
        let block = block.ok_or_else(|| fault::invalid_request(text))?;
        act.state().edit_bucket(&input.bucket)?.public_access = block;
        Ok(Nothing {})
    }
}
