//! `PutBucketAcl`: what an ACL could say, that the owner has full control and nobody else
//! anything, is so already. Grants to others are refused by S3 Block Public Access, by
//! `BucketOwnerEnforced` (both on in a new bucket) and, where both are off, as not served.
//! Source: S3 API Reference, "PutBucketAcl"; S3 Block Public Access is looked at first (observed).

use serde::{Deserialize, Serialize};

use super::acl::{self, Headers};
use super::shapes::{Grant, Nothing, Owner};
use super::state::{Bucket, S3};
use super::{ask, fault};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::directory::canonical_user;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:PutBucketAcl`.
#[derive(Debug)]
pub struct PutBucketAcl;

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
    /// A canned ACL.
    #[serde(rename = "ACL")]
    pub acl: Option<String>,
    /// Who gets full control.
    pub grant_full_control: Option<String>,
    /// Who may list it.
    pub grant_read: Option<String>,
    /// Who may read its ACL.
    #[serde(rename = "GrantReadACP")]
    pub grant_read_acp: Option<String>,
    /// Who may write objects.
    pub grant_write: Option<String>,
    /// Who may write its ACL.
    #[serde(rename = "GrantWriteACP")]
    pub grant_write_acp: Option<String>,
    /// An ACL.
    pub access_control_policy: Option<AccessControlPolicy>,
}

/// An ACL.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AccessControlPolicy {
    /// Its entries.
    #[serde(default)]
    pub grants: Vec<Grant>,
    /// The owner.
    pub owner: Option<Owner>,
}

impl Operation for PutBucketAcl {
    const NAME: &'static str = "s3:PutBucketAcl";
    const ASKS: &'static [&'static str] = &["s3:PutBucketAcl"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = Input;
    type Out = Nothing;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let expected = input.expected_bucket_owner.as_deref();
        let bucket = ask::bucket(&input.bucket, expected, view)?;
        Ok(vec![input.headers().on(ask::on_bucket("s3:PutBucketAcl", bucket, view))])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        let bucket = act.read().bucket(&input.bucket)?;
        let headers = input.headers();
        if headers.acl.is_some_and(acl::is_public) && bucket.public_access.block_acls {
            let (caller, arn) = (&act.principal().caller, bucket.arn());
            return Err(fault::prevented(caller, Self::NAME, &arn, "ACLs", "BlockPublicAcls"));
        }
        input.says_one_thing()?;
        if input.access_control_policy.as_ref().is_some_and(|acl| acl.is_as_it_is(bucket)) {
            return Ok(Nothing {});
        }
        if bucket.has_no_acls() {
            let text = "The bucket does not allow ACLs";
            return Err(fault::fault("AccessControlListNotSupported", 400, text));
        }
        match headers.acl {
            Some("private") if !headers.grants() => Ok(Nothing {}),
            _ => Err(acl::not_served()),
        }
    }
}

impl Input {
    fn headers(&self) -> Headers<'_> {
        Headers {
            acl: self.acl.as_deref(),
            full_control: self.grant_full_control.as_deref(),
            read: self.grant_read.as_deref(),
            read_acp: self.grant_read_acp.as_deref(),
            write: self.grant_write.as_deref(),
            write_acp: self.grant_write_acp.as_deref(),
        }
    }

    /// An ACL comes in one of three ways.
    fn says_one_thing(&self) -> Result<(), Fault> {
        let headers = self.headers();
        match (headers.acl.is_some(), headers.grants(), self.access_control_policy.is_some()) {
            (false, false, false) => {
                let text = "Your request was missing a required header";
                let missing = fault::fault("MissingSecurityHeader", 400, text);
                Err(missing.with("MissingHeaderName", "x-amz-acl"))
            }
            (true, true, _) => Err(fault::invalid_request(
                "Specifying both Canned ACLs and Header Grants is not allowed",
            )),
            (true, _, true) | (_, true, true) => {
                let text = "This request does not support content";
                Err(fault::fault("UnexpectedContent", 400, text))
            }
            _ => Ok(()),
        }
    }
}

impl AccessControlPolicy {
    /// Whether it says what is so in every bucket: the owner has full control, and nobody else
    /// anything.
    fn is_as_it_is(&self, bucket: &Bucket) -> bool {
        let id = canonical_user(bucket.account);
        let owner = self.owner.as_ref().and_then(|owner| owner.id.as_deref());
        let [grant] = &*self.grants else { return false };
        grant.is_full_control_of(&id) && owner.is_none_or(|owner| owner == id)
    }
}
