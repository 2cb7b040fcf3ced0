//! What the writers of objects say (`PutObject`, `CopyObject`, `CreateMultipartUpload`), and what they
//! are asked for it. Sources: S3 API Reference, `PutObject`; S3 User Guide, "Required permissions for
//! Amazon S3 API operations" and "Amazon S3 policy keys".

use std::collections::BTreeMap;

use super::seals::Wish;
use super::state::{About, Bucket, S3, SystemMetadata};
use super::{ask, fault, object_fault, object_tags};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;

/// The longest key, in bytes. Source: S3 User Guide, "Naming Amazon S3 objects".
const KEY_BYTES_MAX: usize = 1024;
/// The most user metadata, in bytes. Source: S3 User Guide, "Working with object metadata".
const METADATA_BYTES_MAX: usize = 2048;
/// The storage classes of objects in buckets of a region; other kinds of buckets have others.
/// Source: S3 API Reference, `PutObject`, `x-amz-storage-class`.
const CLASSES: [&str; 8] = [
    "DEEP_ARCHIVE",
    "GLACIER",
    "GLACIER_IR",
    "INTELLIGENT_TIERING",
    "ONEZONE_IA",
    "REDUCED_REDUNDANCY",
    "STANDARD",
    "STANDARD_IA",
];
/// The ACLs that change nothing in a bucket without ACLs.
const ACLS_WITHOUT_EFFECT: [&str; 3] =
    ["bucket-owner-full-control", "bucket-owner-read", "private"];

/// What the writer of an object says.
#[derive(Debug)]
pub(super) struct Said<'a> {
    pub(super) bucket: &'a str,
    pub(super) key: &'a str,
    pub(super) owner: Option<&'a str>,
    pub(super) acl: Option<&'a str>,
    /// `x-amz-grant-read` …, those that are there.
    pub(super) grants: Vec<(&'static str, &'a str)>,
    pub(super) headers: SystemMetadata,
    pub(super) metadata: &'a BTreeMap<String, String>,
    pub(super) wish: Wish<'a>,
    pub(super) class: Option<&'a str>,
    pub(super) redirect: Option<&'a str>,
    pub(super) tagging: Option<&'a str>,
}

/// An input with the members that writers of objects share, and its own.
macro_rules! writes {
    (
        $(#[$about:meta])*
        pub struct $name:ident { $($(#[$of:meta])* $seen:vis $field:ident: $type:ty,)* }
    ) => {
        $(#[$about])*
        pub struct $name {
            /// The bucket.
            pub bucket: String,
            /// The key.
            pub key: String,
            /// The account that must own the bucket.
            pub expected_bucket_owner: Option<String>,
            /// A canned ACL.
            #[serde(rename = "ACL")]
            pub acl: Option<String>,
            /// Who gets all rights.
            pub grant_full_control: Option<String>,
            /// Who may read.
            pub grant_read: Option<String>,
            /// Who may read the ACL.
            #[serde(rename = "GrantReadACP")]
            pub grant_read_acp: Option<String>,
            /// Who may write the ACL.
            #[serde(rename = "GrantWriteACP")]
            pub grant_write_acp: Option<String>,
            /// System metadata.
            pub cache_control: Option<String>,
            /// System metadata.
            pub content_disposition: Option<String>,
            /// System metadata.
            pub content_encoding: Option<String>,
            /// System metadata.
            pub content_language: Option<String>,
            /// System metadata.
            pub content_type: Option<String>,
            /// System metadata.
            pub expires: Option<String>,
            /// User metadata.
            #[serde(default)]
            pub metadata: std::collections::BTreeMap<String, String>,
            /// `AES256` or `aws:kms`.
            pub server_side_encryption: Option<String>,
            /// The KMS key.
            #[serde(rename = "SSEKMSKeyId")]
            pub kms_key: Option<String>,
            /// Whether to use an S3 Bucket Key.
            pub bucket_key_enabled: Option<bool>,
            /// The storage class.
            pub storage_class: Option<String>,
            /// Where a website sends who asks for it.
            pub website_redirect_location: Option<String>,
            /// Tags, as a query string.
            pub tagging: Option<String>,
            /// Who pays, which changes nothing here.
            pub request_payer: Option<String>,
            $($(#[$of])* $seen $field: $type,)*
        }

        impl $name {
            fn said(&self) -> $crate::services::s3::writing::Said<'_> {
                let grants = [
                    ("s3:x-amz-grant-full-control", &self.grant_full_control),
                    ("s3:x-amz-grant-read", &self.grant_read),
                    ("s3:x-amz-grant-read-acp", &self.grant_read_acp),
                    ("s3:x-amz-grant-write-acp", &self.grant_write_acp),
                ];
                let given = |(key, grant): (&'static str, &'_ Option<String>)| {
                    grant.is_some().then_some(key)
                };
                $crate::services::s3::writing::Said {
                    bucket: &self.bucket,
                    key: &self.key,
                    owner: self.expected_bucket_owner.as_deref(),
                    acl: self.acl.as_deref(),
                    grants: grants
                        .into_iter()
                        .filter_map(|one| Some((given(one)?, one.1.as_deref()?)))
                        .collect(),
                    headers: $crate::services::s3::state::SystemMetadata {
                        cache_control: self.cache_control.clone(),
                        content_disposition: self.content_disposition.clone(),
                        content_encoding: self.content_encoding.clone(),
                        content_language: self.content_language.clone(),
                        content_type: self.content_type.clone(),
                        expires: self.expires.clone(),
                    },
                    metadata: &self.metadata,
                    wish: $crate::services::s3::seals::Wish {
                        sse: self.server_side_encryption.as_deref(),
                        key: self.kms_key.as_deref(),
                        bucket_key: self.bucket_key_enabled,
                    },
                    class: self.storage_class.as_deref(),
                    redirect: self.website_redirect_location.as_deref(),
                    tagging: self.tagging.as_deref(),
                }
            }
        }
    };
}

pub(super) use writes;

impl Said<'_> {
    /// The questions of a write; `more` adds what only one of the operations has.
    ///
    /// # Errors
    /// When there is no such bucket, or what is said cannot be read.
    pub(super) fn asks<'v>(
        &self,
        view: &View<'v, S3>,
        more: impl Fn(Ask<'v>) -> Ask<'v>,
    ) -> Result<Vec<Ask<'v>>, Fault> {
        let bucket = ask::bucket(self.bucket, self.owner, view)?;
        let on = |action| ask::on_object(action, bucket, self.key, view);
        let tags = self.tags()?;
        let put = object_tags::requested(self.keys(on("s3:PutObject")), &tags);
        let mut asks = vec![more(put)];
        if self.tagging.is_some() {
            asks.push(object_tags::requested(on("s3:PutObjectTagging"), &tags));
        }
        if self.acl.is_some() || !self.grants.is_empty() {
            asks.push(self.acl_keys(on("s3:PutObjectAcl")));
        }
        Ok(asks)
    }

    /// The condition keys of the headers; a header that is not sent has none.
    fn keys<'v>(&self, ask: Ask<'v>) -> Ask<'v> {
        self.acl_keys(ask)
            .with_some("s3:x-amz-server-side-encryption", self.wish.sse)
            .with_some("s3:x-amz-server-side-encryption-aws-kms-key-id", self.wish.key)
            .with_some("s3:x-amz-storage-class", self.class)
            .with_some("s3:x-amz-website-redirect-location", self.redirect)
    }

    fn acl_keys<'v>(&self, ask: Ask<'v>) -> Ask<'v> {
        let ask = ask.with_some("s3:x-amz-acl", self.acl);
        self.grants.iter().fold(ask, |ask, (key, grant)| ask.with(key, *grant))
    }

    /// The tags.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn tags(&self) -> Result<BTreeMap<String, String>, Fault> {
        self.tagging.map_or_else(|| Ok(BTreeMap::new()), object_tags::of_header)
    }

    /// What is kept with the object.
    ///
    /// # Errors
    /// When S3 would not take it.
    pub(super) fn about(&self, act: &Act<'_, S3>) -> Result<About, Fault> {
        if self.key.len() > KEY_BYTES_MAX {
            return Err(object_fault::key_too_long(self.key.len(), KEY_BYTES_MAX));
        }
        self.check_acl(act.read().bucket(self.bucket)?, act)?;
        let size = self.metadata.iter().map(|(name, value)| name.len() + value.len()).sum();
        if size > METADATA_BYTES_MAX {
            return Err(object_fault::metadata_too_large(size, METADATA_BYTES_MAX));
        }
        if let Some(class) = self.class.filter(|class| !CLASSES.contains(class)) {
            return Err(object_fault::storage_class(class));
        }
        let class = self.class.filter(|class| *class != "STANDARD");
        Ok(About {
            headers: self.headers.clone(),
            metadata: self.metadata.clone(),
            tags: self.tags()?,
            class: class.map(str::to_owned),
            redirect: self.redirect.map(str::to_owned),
        })
    }

    /// ACLs are off unless the bucket's owner has switched them on; then they are not served, except
    /// those that say what is so anyway. S3 Block Public Access is judged first.
    fn check_acl(&self, bucket: &Bucket, act: &Act<'_, S3>) -> Result<(), Fault> {
        let acl = self.acl.filter(|acl| !ACLS_WITHOUT_EFFECT.contains(acl));
        if acl.is_none() && self.grants.is_empty() {
            return Ok(());
        }
        if bucket.public_access.block_acls && acl.is_some_and(|acl| acl.starts_with("public-")) {
            let (caller, arn) = (&act.principal().caller, bucket.object_arn(self.key));
            let setting = "BlockPublicAcls";
            return Err(fault::prevented(caller, "s3:PutObject", &arn, "ACLs", setting));
        }
        if bucket.has_no_acls() {
            return Err(object_fault::no_acls());
        }
        Err(Fault::not_served("ACLs of objects are not served; docs/services.md lists what is"))
    }
}
