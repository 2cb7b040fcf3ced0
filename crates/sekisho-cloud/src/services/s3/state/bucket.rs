//! A bucket and its settings.

use std::collections::BTreeMap;

use sekisho_iam::AccountId;
use serde::{Deserialize, Serialize};

use crate::bound::BoundPolicy;
use crate::session::account_text;

/// A bucket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// The account that owns it.
    #[serde(with = "account_text")]
    pub account: AccountId,
    /// The region that it is in.
    pub region: String,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// Its policy.
    pub policy: Option<BoundPolicy>,
    /// S3 Block Public Access; all on in a new bucket (since April 2023).
    pub public_access: PublicAccessBlock,
    /// Who owns its objects; `BucketOwnerEnforced` in a new bucket (since April 2023): no ACLs.
    pub ownership: Option<Ownership>,
    /// How objects are encrypted where a request does not say; SSE-S3 in a new bucket.
    pub encryption: BucketEncryption,
    /// Whether it keeps versions.
    pub versioning: Versioning,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

/// S3 Block Public Access of a bucket; `None`: there is no such configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicAccessBlock {
    /// Whether the bucket has a configuration at all.
    pub configured: bool,
    /// `BlockPublicAcls`.
    pub block_acls: bool,
    /// `IgnorePublicAcls`.
    pub ignore_acls: bool,
    /// `BlockPublicPolicy`.
    pub block_policy: bool,
    /// `RestrictPublicBuckets`.
    pub restrict: bool,
}

/// Object ownership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ownership {
    /// No ACLs: the bucket's owner owns every object.
    BucketOwnerEnforced,
    /// Objects written with the ACL `bucket-owner-full-control` are the bucket owner's.
    BucketOwnerPreferred,
    /// Whoever writes an object owns it.
    ObjectWriter,
}

/// How objects of a bucket are encrypted where a request does not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BucketEncryption {
    /// `AES256`: SSE-S3.
    Aes256,
    /// `aws:kms`.
    Kms {
        /// The key as the configuration names it; `None`: `aws/s3`.
        key: Option<String>,
        /// Whether S3 Bucket Keys are on: the encryption context is then the bucket's ARN.
        bucket_key: bool,
    },
}

/// Whether a bucket keeps versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Versioning {
    /// It never did.
    Off,
    /// It does.
    Enabled,
    /// It did: what is there stays, what is written has the version `null`.
    Suspended,
}
