//! `GetObject` and `HeadObject`: the same but for the body. Sources: S3 API Reference, "GetObject" and
//! "HeadObject"; S3 User Guide, "Required permissions for Amazon S3 API operations" (the count of tags
//! is told only to those who may read them).

use std::collections::BTreeMap;

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::conditions::Reading;
use super::finding::{Wanted, shown};
use super::range::{self, Bytes};
use super::state::{Bucket, Envelope, Object, S3, Version};
use super::sums::{Sums, with_sums};
use super::{bodies, fault, object_fault, seals};
use crate::act::Act;
use crate::fault::Fault;

/// Storage classes whose objects cannot be read before they are restored, which is not served.
const ARCHIVED: [&str; 2] = ["GLACIER", "DEEP_ARCHIVE"];

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// The version.
    pub version_id: Option<String>,
    /// The account that must own the bucket.
    pub expected_bucket_owner: Option<String>,
    /// Who pays, which changes nothing here.
    pub request_payer: Option<String>,
    /// The entity tag it must have.
    pub if_match: Option<String>,
    /// The entity tag that is known.
    pub if_none_match: Option<String>,
    /// When it was last seen.
    pub if_modified_since: Option<Millis>,
    /// Since when it must be as it is.
    pub if_unmodified_since: Option<Millis>,
    /// Which bytes.
    pub range: Option<String>,
    /// Which part.
    pub part_number: Option<i64>,
    /// `ENABLED`: with checksums.
    pub checksum_mode: Option<String>,
    /// Replaces the reply's header.
    pub response_cache_control: Option<String>,
    /// Replaces the reply's header.
    pub response_content_disposition: Option<String>,
    /// Replaces the reply's header.
    pub response_content_encoding: Option<String>,
    /// Replaces the reply's header.
    pub response_content_language: Option<String>,
    /// Replaces the reply's header.
    pub response_content_type: Option<String>,
    /// Replaces the reply's header.
    pub response_expires: Option<Millis>,
}

with_sums! {
    /// The output, the body apart.
    #[derive(Debug, Default, Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub struct Output {
        accept_ranges: &'static str,
        last_modified: Millis,
        content_length: u64,
        #[serde(rename = "ETag")]
        etag: String,
        checksum_type: Option<&'static str>,
        version_id: Option<String>,
        cache_control: Option<String>,
        content_disposition: Option<String>,
        content_encoding: Option<String>,
        content_language: Option<String>,
        content_range: Option<String>,
        content_type: String,
        expires: Option<String>,
        website_redirect_location: Option<String>,
        server_side_encryption: &'static str,
        metadata: BTreeMap<String, String>,
        #[serde(rename = "SSEKMSKeyId")]
        kms_key: Option<String>,
        bucket_key_enabled: Option<bool>,
        expiration: Option<String>,
        storage_class: Option<String>,
        parts_count: Option<usize>,
        tag_count: Option<usize>,
    }
}

/// What is read of an object.
struct Read {
    bytes: Bytes,
    /// Whether the reply is for a part of the object (206).
    is_partial: bool,
    parts: Option<usize>,
}

impl Input {
    /// Which version is meant.
    pub(super) fn wanted(&self) -> Wanted<'_> {
        Wanted {
            bucket: &self.bucket,
            key: &self.key,
            version: self.version_id.as_deref(),
            owner: self.expected_bucket_owner.as_deref(),
        }
    }

    /// The conditions.
    pub(super) fn conditions(&self) -> Reading<'_> {
        Reading {
            is: self.if_match.as_deref(),
            is_not: self.if_none_match.as_deref(),
            changed_since: self.if_modified_since,
            unchanged_since: self.if_unmodified_since,
        }
    }

    fn wants_sums(&self) -> bool {
        self.checksum_mode.is_some()
    }

    fn read(&self, object: &Object) -> Result<Read, Fault> {
        let whole = Bytes { from: 0, count: object.size };
        match (&self.range, self.part_number) {
            (Some(_), Some(_)) => {
                let text = "Cannot specify both Range header and partNumber query parameter";
                Err(fault::invalid_request(text))
            }
            (None, Some(number)) => part(object, number),
            (Some(text), None) => {
                let range = range::read(text, object.size)?;
                let bytes = range.unwrap_or(whole);
                Ok(Read { bytes, is_partial: range.is_some(), parts: None })
            }
            (None, None) => Ok(Read { bytes: whole, is_partial: false, parts: None }),
        }
    }
}

/// A part by its place; an object that was uploaded at once has one.
fn part(object: &Object, number: i64) -> Result<Read, Fault> {
    let sizes: Vec<u64> = object.parts.iter().map(|part| part.size).collect();
    let count = sizes.len().max(1);
    let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    let place = place.filter(|place| *place < count);
    let place = place.ok_or_else(|| object_fault::no_such_part(number, count))?;
    let from = sizes.iter().take(place).sum();
    let size = sizes.get(place).copied().unwrap_or(object.size);
    let parts = (!sizes.is_empty()).then_some(count);
    Ok(Read { bytes: Bytes { from, count: size }, is_partial: true, parts })
}

/// Answers the request, for `GET` with the body.
///
/// # Errors
/// When there is no such object, or nothing to send, or KMS refuses.
pub(super) fn answer(input: Input, method: &str, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
    let (bucket, version) = input.wanted().object(method, act)?;
    let (bucket, version) = (bucket.clone(), version.clone());
    let object = version.object().ok_or_else(|| object_fault::no_key(&input.key))?;
    input.conditions().check(&object.etag, version.modified_ms, act.now_ms())?;
    let read = input.read(object)?;
    let with_body = method == "GET";
    let is_kms = matches!(object.envelope, Envelope::Kms { .. });
    if with_body {
        readable(object)?;
    }
    if with_body || (is_kms && input.wants_sums()) {
        let opened = seals::open(&bucket, &input.key, &object.envelope, act)?;
        if with_body {
            let arn = bucket.object_arn(&input.key);
            let sending = bodies::sending(&arn, object, read.bytes, &opened, act)?;
            act.send(sending);
        }
    }
    let mut output = output(&bucket, &version, object, &read);
    if let Some(sum) = sum(object, &read.bytes).filter(|_| input.wants_sums()) {
        output.checksum_type = Some(object.sum.kind());
        output = output.with_sum(&object.sum.algorithm, &sum);
    }
    if input.version_id.is_none() {
        output.expiration = act.read().expiration(&input.bucket, &input.key);
    }
    let tags = object.about.tags.len();
    if with_body && tags > 0 && may_read_tags(&input, &bucket, act) {
        output.tag_count = Some(tags);
    }
    Ok(overridden(output, input))
}

/// The checksum of what is read, if that is the whole object or exactly one of its parts.
/// Source: S3 User Guide, "Checking object integrity in Amazon S3" ("specifying a part number or byte
/// range that aligns with a single part").
fn sum(object: &Object, bytes: &Bytes) -> Option<String> {
    if bytes.count == object.size {
        return Some(object.sum.shown());
    }
    let mut from = 0;
    let part = object.parts.iter().find(|part| {
        let is_it = (from, part.size) == (bytes.from, bytes.count);
        from += part.size;
        is_it
    });
    part.and_then(|part| part.sum.clone())
}

/// Refuses what is archived.
///
/// # Errors
/// When the object would have to be restored first.
pub(super) fn readable(object: &Object) -> Result<(), Fault> {
    match object.about.class.as_deref().filter(|class| ARCHIVED.contains(class)) {
        Some(class) => {
            let text = "The operation is not valid for the object's storage class";
            Err(fault::fault("InvalidObjectState", 403, text).with("StorageClass", class))
        }
        None => Ok(()),
    }
}

fn may_read_tags(input: &Input, bucket: &Bucket, act: &Act<'_, S3>) -> bool {
    let actions = ("s3:GetObjectTagging", "s3:GetObjectVersionTagging");
    act.may(&input.wanted().ask(actions, bucket, &act.view()))
}

fn output(bucket: &Bucket, version: &Version, object: &Object, read: &Read) -> Output {
    let headers = object.about.headers.clone();
    let usual = || "binary/octet-stream".to_owned();
    Output {
        accept_ranges: "bytes",
        last_modified: Millis(version.modified_ms),
        content_length: read.bytes.count,
        etag: format!("\"{}\"", object.etag),
        version_id: shown(bucket, version),
        cache_control: headers.cache_control,
        content_disposition: headers.content_disposition,
        content_encoding: headers.content_encoding,
        content_language: headers.content_language,
        content_range: read.is_partial.then(|| read.bytes.content_range(object.size)),
        content_type: headers.content_type.unwrap_or_else(usual),
        expires: headers.expires,
        website_redirect_location: object.about.redirect.clone(),
        server_side_encryption: object.envelope.sse(),
        metadata: object.about.metadata.clone(),
        kms_key: object.envelope.kms_key(),
        bucket_key_enabled: object.envelope.bucket_key(),
        storage_class: object.about.class.clone(),
        parts_count: read.parts,
        ..Output::default()
    }
}

/// The headers that the request replaces.
fn overridden(mut output: Output, input: Input) -> Output {
    for (member, value) in [
        (&mut output.cache_control, input.response_cache_control),
        (&mut output.content_disposition, input.response_content_disposition),
        (&mut output.content_encoding, input.response_content_encoding),
        (&mut output.content_language, input.response_content_language),
        (&mut output.expires, input.response_expires.map(|at| crate::time::http_date(at.0))),
    ] {
        if value.is_some() {
            *member = value;
        }
    }
    output.content_type = input.response_content_type.unwrap_or(output.content_type);
    output
}
