//! What listings of keys share: the members of their inputs, the questions, the page, the entries.

use sekisho_wire::Millis;
use serde::Serialize;

use super::ask;
use super::listed::{self, Names, Owner};
use super::state::{Bucket, S3, Version};
use super::walk::{Each, Listing, Page};
use crate::act::View;
use crate::ask::Ask;
use crate::directory::canonical_user;
use crate::fault::Fault;

/// What is asked of a listing.
#[derive(Debug)]
pub(super) struct Query<'a> {
    pub(super) bucket: &'a str,
    pub(super) owner: Option<&'a str>,
    pub(super) prefix: Option<&'a str>,
    pub(super) delimiter: Option<&'a str>,
    pub(super) max: Option<i64>,
}

/// An input with the members that all listings of keys share, and its own.
macro_rules! lists {
    (
        $(#[$about:meta])*
        pub struct $name:ident { $($(#[$of:meta])* $seen:vis $field:ident: $type:ty,)* }
    ) => {
        $(#[$about])*
        pub struct $name {
            /// The bucket.
            pub bucket: String,
            /// The account that must own it.
            pub expected_bucket_owner: Option<String>,
            /// Who pays, which changes nothing here.
            pub request_payer: Option<String>,
            /// Which keys.
            pub prefix: Option<String>,
            /// Up to where keys are folded.
            pub delimiter: Option<String>,
            /// How many entries at most.
            pub max_keys: Option<i64>,
            /// `url`: names are url-encoded.
            pub encoding_type: Option<String>,
            /// `RestoreStatus`: what is restored from an archive. Nothing is here.
            pub optional_object_attributes: Option<Vec<String>>,
            $($(#[$of])* $seen $field: $type,)*
        }

        impl $name {
            fn query(&self) -> $crate::services::s3::contents::Query<'_> {
                $crate::services::s3::contents::Query {
                    bucket: &self.bucket,
                    owner: self.expected_bucket_owner.as_deref(),
                    prefix: self.prefix.as_deref(),
                    delimiter: self.delimiter.as_deref(),
                    max: self.max_keys,
                }
            }
        }
    };
}

pub(super) use lists;

/// An object in a listing.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Content {
    key: String,
    last_modified: Millis,
    #[serde(rename = "ETag")]
    etag: String,
    checksum_algorithm: [String; 1],
    checksum_type: &'static str,
    size: u64,
    storage_class: String,
    owner: Option<Owner>,
}

impl<'a> Query<'a> {
    /// The question of a listing, with the condition keys of what is sent. An empty prefix that is
    /// sent is not the same as none.
    pub(super) fn asks<'v>(
        &self,
        action: &'static str,
        view: &View<'v, S3>,
    ) -> Result<Vec<Ask<'v>>, Fault> {
        let bucket = ask::bucket(self.bucket, self.owner, view)?;
        let ask = ask::on_bucket(action, bucket, view)
            .with_some("s3:prefix", self.prefix)
            .with_some("s3:delimiter", self.delimiter)
            .with_some("s3:max-keys", self.max.map(|max| max.to_string()));
        Ok(vec![ask])
    }

    /// The listing itself.
    pub(super) fn listing(&self, each: Each) -> Result<Listing<'a>, Fault> {
        Ok(Listing { max: listed::size(self.max, "maxKeys")?, ..self.page(each) })
    }

    /// The listing of somebody who judges `max-keys` for himself.
    pub(super) fn page(&self, each: Each) -> Listing<'a> {
        Listing {
            bucket: self.bucket,
            prefix: self.prefix.unwrap_or_default(),
            delimiter: self.delimiter,
            max: listed::size(self.max, "maxKeys").unwrap_or_default(),
            each,
        }
    }
}

/// The objects of a page.
pub(super) fn contents(
    page: &Page<'_, Version>,
    bucket: &Bucket,
    names: Names,
    with_owner: bool,
) -> Vec<Content> {
    let owner = with_owner.then(|| Owner { id: canonical_user(bucket.account) });
    let content = |(key, version): (&str, &Version)| {
        let object = version.object()?;
        Some(Content {
            key: names.write(key),
            last_modified: Millis(version.modified_ms),
            etag: format!("\"{}\"", object.etag),
            checksum_algorithm: [object.sum.algorithm.clone()],
            checksum_type: object.sum.kind(),
            size: object.size,
            storage_class: listed::class(object),
            owner: owner.clone(),
        })
    };
    page.rows().filter_map(content).collect()
}
