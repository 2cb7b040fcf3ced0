//! `ListMultipartUploads`. Source: S3 API Reference, "ListMultipartUploads". What is shown and what is refused: measured
//! against S3 by public tests of others (September 2026).

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::listed::{self, CommonPrefix, Names, Owner};
use super::state::{S3, SumOf, Upload};
use super::walk::{Each, Entry, Listing, Page};
use super::{ask, fault, order};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::directory::canonical_user;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:ListMultipartUploads`.
#[derive(Debug)]
pub struct ListMultipartUploads;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
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
    pub max_uploads: Option<i64>,
    /// `url`: names are url-encoded.
    pub encoding_type: Option<String>,
    /// Behind which key to begin.
    pub key_marker: Option<String>,
    /// Behind which upload of it to begin.
    pub upload_id_marker: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    bucket: String,
    prefix: Option<String>,
    delimiter: Option<String>,
    max_uploads: usize,
    is_truncated: bool,
    common_prefixes: Vec<CommonPrefix>,
    encoding_type: Option<String>,
    key_marker: String,
    upload_id_marker: String,
    next_key_marker: String,
    next_upload_id_marker: String,
    uploads: Vec<Listed>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    upload_id: String,
    key: String,
    initiated: Millis,
    storage_class: String,
    owner: Owner,
    initiator: Owner,
    checksum_algorithm: Option<String>,
    checksum_type: Option<&'static str>,
}

fn listed(key: String, upload: &Upload, owner: &Owner) -> Listed {
    Listed {
        upload_id: upload.id.clone(),
        key,
        initiated: Millis(upload.initiated_ms),
        storage_class: upload.about.class.clone().unwrap_or_else(|| "STANDARD".to_owned()),
        owner: owner.clone(),
        initiator: Owner { id: upload.initiator.clone() },
        checksum_algorithm: upload.sum.as_ref().map(|sum| sum.algorithm.clone()),
        checksum_type: upload.sum.as_ref().map(SumOf::kind),
    }
}

/// The markers of the next page: those of the last upload, also where no page follows. A page of common
/// prefixes alone has none. Recorded from S3, January 2025.
fn next<'a>(page: &'a Page<'_, Upload>) -> (&'a str, &'a str) {
    match (page.rows().last(), page.entries.last()) {
        (Some(_), Some(Entry::Prefix(prefix))) if page.is_truncated => (prefix, ""),
        (Some((key, upload)), _) => (key, &upload.id),
        (None, _) => ("", ""),
    }
}

/// Whether a text could be the id of an upload of this key: not where it is another's.
fn could_be(s3: &S3, (bucket, key): (&str, &str), id: &str) -> bool {
    let mut uploads = s3.uploads.under(&order::under(bucket, ""));
    let of_other =
        |(row, upload): (&str, &Upload)| upload.id == id && row != order::row(bucket, key, id);
    order::is_upload_id(id) && !uploads.any(of_other)
}

/// What is sent empty is not shown.
fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

impl Operation for ListMultipartUploads {
    const NAME: &'static str = "s3:ListMultipartUploads";
    const ASKS: &'static [&'static str] = &["s3:ListBucketMultipartUploads"];
    const EFFECT: Effect = Effect::Read;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        ask::asks(
            "s3:ListBucketMultipartUploads",
            &input.bucket,
            input.expected_bucket_owner.as_deref(),
            view,
        )
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let bucket = act.read().bucket(&input.bucket)?;
        let names = Names::of(input.encoding_type.as_deref())?;
        let listing = Listing {
            bucket: &input.bucket,
            prefix: input.prefix.as_deref().unwrap_or_default(),
            delimiter: input.delimiter.as_deref(),
            max: listed::size(input.max_uploads, "max-uploads")?,
            each: Each::Row,
        };
        let key = input.key_marker.clone().unwrap_or_default();
        let upload = given(input.upload_id_marker.as_deref()).filter(|_| !key.is_empty());
        let after = match upload {
            _ if key.is_empty() => None,
            Some(id) if !could_be(act.read(), (&input.bucket, &key), id) => {
                let text = "Invalid uploadId marker";
                return Err(fault::invalid_argument("upload-id-marker", id, text));
            }
            Some(id) => Some(order::row(&input.bucket, &key, id)),
            None => listing.behind(&key),
        };
        let page = listing.page(&act.read().uploads, after, |_| true);
        let (next_key, next_upload) = next(&page);
        let owner = Owner { id: canonical_user(bucket.account) };
        Ok(Output {
            uploads: page.rows().map(|(key, one)| listed(names.write(key), one, &owner)).collect(),
            key_marker: names.write(&key),
            upload_id_marker: upload.unwrap_or_default().to_owned(),
            next_key_marker: names.write(next_key),
            next_upload_id_marker: next_upload.to_owned(),
            prefix: given(Some(listing.prefix)).map(|text| names.write(text)),
            delimiter: given(listing.delimiter).map(|text| names.write(text)),
            max_uploads: listing.max,
            is_truncated: page.is_truncated,
            common_prefixes: names.prefixes(page.prefixes()),
            bucket: input.bucket.clone(),
            encoding_type: input.encoding_type.clone(),
        })
    }
}
