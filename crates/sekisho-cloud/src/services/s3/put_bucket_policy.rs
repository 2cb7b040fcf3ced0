//! `PutBucketPolicy`: for the owner's account alone (others get 405), and for its root user
//! whatever the policy that is there denies. `ConfirmRemoveSelfBucketAccess` changes nothing
//! (observed). Source: S3 API Reference, "PutBucketPolicy".

use serde::{Deserialize, Serialize};

use super::shapes::Nothing;
use super::state::S3;
use super::{fault, policy};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:PutBucketPolicy`.
#[derive(Debug)]
pub struct PutBucketPolicy;

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
    /// Whether the caller means it, should the policy shut it out.
    pub confirm_remove_self_bucket_access: Option<bool>,
    /// The policy.
    pub policy: String,
}

impl Operation for PutBucketPolicy {
    const NAME: &'static str = "s3:PutBucketPolicy";
    const ASKS: &'static [&'static str] = &["s3:PutBucketPolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = Input;
    type Out = Nothing;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let expected = input.expected_bucket_owner.as_deref();
        Ok(vec![policy::ask("s3:PutBucketPolicy", &input.bucket, expected, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        let bucket = act.read().bucket(&input.bucket)?;
        policy::not_by_strangers(bucket, act.principal(), "PUT")?;
        let new = policy::read(&input.policy, bucket, &act.directory())?;
        if new.is_public && bucket.public_access.block_policy {
            let (caller, arn) = (&act.principal().caller, bucket.arn());
            let setting = "BlockPublicPolicy";
            return Err(fault::prevented(caller, Self::NAME, &arn, "policies", setting));
        }
        act.state().edit_bucket(&input.bucket)?.policy = Some(new);
        Ok(Nothing {})
    }
}
