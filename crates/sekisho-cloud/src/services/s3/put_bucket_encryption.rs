//! `PutBucketEncryption`: one rule. S3 does not look whether the key is there.
//! Source: S3 API Reference, "PutBucketEncryption"; dual-layer encryption is not served.

use serde::{Deserialize, Serialize};

use super::shapes::Nothing;
use super::state::{Bucket, BucketEncryption, S3};
use super::{ask, fault};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `s3:PutBucketEncryption`.
#[derive(Debug)]
pub struct PutBucketEncryption;

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
    pub server_side_encryption_configuration: Configuration,
}

/// How objects are encrypted where a request does not say.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Configuration {
    /// One rule.
    pub rules: Vec<Rule>,
}

/// How objects are encrypted where a request does not say.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Rule {
    /// By which means.
    pub apply_server_side_encryption_by_default: Option<Default>,
    /// Whether S3 Bucket Keys are used.
    pub bucket_key_enabled: Option<bool>,
    /// What is refused.
    pub blocked_encryption_types: Option<Blocked>,
}

/// By which means objects are encrypted.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Default {
    /// The algorithm.
    #[serde(rename = "SSEAlgorithm")]
    pub sse_algorithm: Algorithm,
    /// The key.
    #[serde(rename = "KMSMasterKeyID", skip_serializing_if = "Option::is_none")]
    pub kms_master_key_id: Option<String>,
}

/// The algorithms that are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Algorithm {
    /// SSE-S3.
    #[serde(rename = "AES256")]
    Aes256,
    /// SSE-KMS.
    #[serde(rename = "aws:kms")]
    Kms,
}

/// Which uploads are refused.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Blocked {
    /// One of them.
    pub encryption_type: Vec<BlockedType>,
}

/// Which uploads are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockedType {
    /// None.
    #[serde(rename = "NONE")]
    None,
    /// Those with keys of the customer.
    #[serde(rename = "SSE-C")]
    SseC,
}

impl Operation for PutBucketEncryption {
    const NAME: &'static str = "s3:PutBucketEncryption";
    const ASKS: &'static [&'static str] = &["s3:PutEncryptionConfiguration"];
    const EFFECT: Effect = Effect::Write;

    type State = S3;
    type In = Input;
    type Out = Nothing;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let expected = input.expected_bucket_owner.as_deref();
        ask::asks("s3:PutEncryptionConfiguration", &input.bucket, expected, view)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Nothing, Fault> {
        let [rule] = &*input.server_side_encryption_configuration.rules else {
            return Err(fault::malformed_xml());
        };
        let encryption = rule.encryption()?;
        let blocked = rule.blocks_sse_c()?;
        let bucket = act.state().edit_bucket(&input.bucket)?;
        bucket.encryption = encryption.unwrap_or_else(|| bucket.encryption.clone());
        bucket.sse_c_blocked = blocked.unwrap_or(bucket.sse_c_blocked);
        Ok(Nothing {})
    }
}

impl Rule {
    /// What it says on keys; `None`: nothing.
    fn encryption(&self) -> Result<Option<BucketEncryption>, Fault> {
        let bucket_key = self.bucket_key_enabled.unwrap_or_default();
        let Some(default) = &self.apply_server_side_encryption_by_default else { return Ok(None) };
        let key = default.kms_master_key_id.clone();
        match (default.sse_algorithm, key) {
            (Algorithm::Aes256, None) => Ok(Some(BucketEncryption::Aes256 { bucket_key })),
            (Algorithm::Aes256, Some(_)) => {
                let text = "a KMSMasterKeyID is not applicable if the default sse algorithm is \
                            not aws:kms or aws:kms:dsse";
                let name = "ApplyServerSideEncryptionByDefault";
                Err(fault::fault("InvalidArgument", 400, text).with("ArgumentName", name))
            }
            (Algorithm::Kms, key) => Ok(Some(BucketEncryption::Kms { key, bucket_key })),
        }
    }

    /// Whether uploads with keys of the customer are refused; `None`: it does not say.
    fn blocks_sse_c(&self) -> Result<Option<bool>, Fault> {
        let Some(blocked) = &self.blocked_encryption_types else { return Ok(None) };
        match &*blocked.encryption_type {
            [one] => Ok(Some(*one == BlockedType::SseC)),
            _ => Err(fault::malformed_xml()),
        }
    }
}

impl Configuration {
    /// What a reply says.
    pub(super) fn of(bucket: &Bucket) -> Self {
        let (sse_algorithm, kms_master_key_id, bucket_key) = match &bucket.encryption {
            BucketEncryption::Aes256 { bucket_key } => (Algorithm::Aes256, None, *bucket_key),
            BucketEncryption::Kms { key, bucket_key } => (Algorithm::Kms, key.clone(), *bucket_key),
        };
        let blocked = if bucket.sse_c_blocked { BlockedType::SseC } else { BlockedType::None };
        let rule = Rule {
            apply_server_side_encryption_by_default: Some(Default {
                sse_algorithm,
                kms_master_key_id,
            }),
            bucket_key_enabled: Some(bucket_key),
            blocked_encryption_types: Some(Blocked { encryption_type: vec![blocked] }),
        };
        Self { rules: vec![rule] }
    }
}
