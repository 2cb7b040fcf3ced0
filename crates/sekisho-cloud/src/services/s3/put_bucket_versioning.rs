//! `PutBucketVersioning`. Source: S3 API Reference, "PutBucketVersioning". MFA Delete is not served.

use serde::{Deserialize, Serialize};

use super::shapes::Nothing;
use super::state::{S3, Versioning};
use super::{ask, fault};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:PutBucketVersioning`.
#[derive(Debug)]
pub struct PutBucketVersioning;

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
    /// What is to be.
    pub versioning_configuration: Configuration,
}

/// What is to be.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Configuration {
    /// Whether versions are kept.
    pub status: Option<Status>,
    /// Whether deleting takes a device for multi-factor authentication.
    #[serde(rename = "MFADelete")]
    pub mfa_delete: Option<MfaDelete>,
}

/// Whether versions are kept.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Status {
    /// They are.
    Enabled,
    /// No new ones.
    Suspended,
}

/// Whether deleting takes a device for multi-factor authentication: there are none here.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum MfaDelete {
    /// It does not.
    Disabled,
}

impl Operation for PutBucketVersioning {
    const NAME: &'static str = "s3:PutBucketVersioning";
    const ASKS: &'static [&'static str] = &["s3:PutBucketVersioning"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = Input;
    type Out = Nothing;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let expected = input.expected_bucket_owner.as_deref();
        ask::asks("s3:PutBucketVersioning", &input.bucket, expected, view)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        let status = input.versioning_configuration.status.ok_or_else(|| {
            let text = "The Versioning element must be specified";
            fault::fault("IllegalVersioningConfigurationException", 400, text)
        })?;
        act.state().edit_bucket(&input.bucket)?.versioning = match status {
            Status::Enabled => Versioning::Enabled,
            Status::Suspended => Versioning::Suspended,
        };
        Ok(Nothing {})
    }
}
