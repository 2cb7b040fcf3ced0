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
    pub policy: Option<BucketPolicy>,
    /// S3 Block Public Access; all on in a new bucket (since April 2023).
    pub public_access: PublicAccessBlock,
    /// Who owns its objects; `BucketOwnerEnforced` in a new bucket (since April 2023): no ACLs.
    pub ownership: Option<Ownership>,
    /// How objects are encrypted where a request does not say; SSE-S3 in a new bucket.
    pub encryption: BucketEncryption,
    /// Whether uploads with keys of the customer are refused; they are in a new bucket (since April
    /// 2026).
    pub sse_c_blocked: bool,
    /// Whether it keeps versions.
    pub versioning: Versioning,
    /// Its tags. They count for permissions only in buckets with attribute-based access control,
    /// which is not served.
    pub tags: BTreeMap<String, String>,
}

impl Bucket {
    /// A new bucket with the settings that AWS gives it.
    pub fn new(name: String, account: AccountId, region: String, created_ms: i64) -> Self {
        Self {
            name,
            account,
            region,
            created_ms,
            policy: None,
            public_access: PublicAccessBlock::all(),
            ownership: Some(Ownership::BucketOwnerEnforced),
            encryption: BucketEncryption::default(),
            sse_c_blocked: true,
            versioning: Versioning::Off,
            tags: BTreeMap::new(),
        }
    }

    /// `arn:aws:s3:::name`.
    pub fn arn(&self) -> String {
        format!("arn:aws:s3:::{}", self.name)
    }

    /// The ARN of an object in it.
    pub fn object_arn(&self, key: &str) -> String {
        format!("arn:aws:s3:::{}/{key}", self.name)
    }

    /// Whether ACLs are switched off.
    pub fn has_no_acls(&self) -> bool {
        self.ownership == Some(Ownership::BucketOwnerEnforced)
    }
}

/// The policy of a bucket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BucketPolicy {
    /// What it says.
    pub bound: BoundPolicy,
    /// Whether it is public in the sense of S3 Block Public Access.
    pub is_public: bool,
}

/// S3 Block Public Access of a bucket.
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

impl PublicAccessBlock {
    /// Everything is blocked: a new bucket.
    pub const fn all() -> Self {
        Self {
            configured: true,
            block_acls: true,
            ignore_acls: true,
            block_policy: true,
            restrict: true,
        }
    }

    /// There is no configuration: nothing is blocked.
    pub const fn none() -> Self {
        Self {
            configured: false,
            block_acls: false,
            ignore_acls: false,
            block_policy: false,
            restrict: false,
        }
    }
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

impl Ownership {
    /// As AWS writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BucketOwnerEnforced => "BucketOwnerEnforced",
            Self::BucketOwnerPreferred => "BucketOwnerPreferred",
            Self::ObjectWriter => "ObjectWriter",
        }
    }
}

/// How objects of a bucket are encrypted where a request does not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BucketEncryption {
    /// `AES256`: SSE-S3.
    Aes256 {
        /// `BucketKeyEnabled`, which S3 keeps and shows, and which does nothing here.
        bucket_key: bool,
    },
    /// `aws:kms`.
    Kms {
        /// The key as the configuration names it; `None`: `aws/s3`.
        key: Option<String>,
        /// Whether S3 Bucket Keys are on: the encryption context is then the bucket's ARN.
        bucket_key: bool,
    },
}

impl Default for BucketEncryption {
    fn default() -> Self {
        Self::Aes256 { bucket_key: false }
    }
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
