//! `UploadPartCopy`. Source: S3 API Reference, "UploadPartCopy". The shell reads the bytes of the source
//! and seals them anew as it does with those of a request.

use sekisho_wire::Millis;
use sekisho_wire::checksum::Algorithm;
use serde::{Deserialize, Serialize};

use super::bodies::Target;
use super::conditions::Reading;
use super::copying::Source;
use super::state::{Part, S3, Upload};
use super::sums::{self, Sums, with_sums};
use super::uploads::Place;
use super::{bodies, seals, uploads};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};
use crate::stream::Receiving;

/// `s3:UploadPartCopy`.
#[derive(Debug)]
pub struct UploadPartCopy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// The upload.
    pub upload_id: String,
    /// The account that must own the bucket.
    pub expected_bucket_owner: Option<String>,
    /// Who pays, which changes nothing here.
    pub request_payer: Option<String>,
    /// The part's number.
    pub part_number: i64,
    /// What is copied: `bucket/key?versionId=…`.
    pub copy_source: String,
    /// Which bytes of it.
    pub copy_source_range: Option<String>,
    /// The account that must own the source's bucket.
    pub expected_source_bucket_owner: Option<String>,
    /// The entity tag that the source must have.
    pub copy_source_if_match: Option<String>,
    /// The entity tag that it must not have.
    pub copy_source_if_none_match: Option<String>,
    /// Since when it must have changed.
    pub copy_source_if_modified_since: Option<Millis>,
    /// Since when it must be as it is.
    pub copy_source_if_unmodified_since: Option<Millis>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    copy_part_result: Copied,
    copy_source_version_id: Option<String>,
    server_side_encryption: &'static str,
    #[serde(rename = "SSEKMSKeyId")]
    kms_key: Option<String>,
    bucket_key_enabled: Option<bool>,
}

with_sums! {
    /// The part.
    #[derive(Debug, Default, Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct Copied {
        #[serde(rename = "ETag")]
        etag: String,
        last_modified: Millis,
    }
}

impl Input {
    fn place(&self) -> Place<'_> {
        Place {
            bucket: &self.bucket,
            key: &self.key,
            upload: &self.upload_id,
            owner: self.expected_bucket_owner.as_deref(),
        }
    }

    fn source(&self) -> Result<Source<'_>, Fault> {
        let conditions = Reading {
            is: self.copy_source_if_match.as_deref(),
            is_not: self.copy_source_if_none_match.as_deref(),
            changed_since: self.copy_source_if_modified_since,
            unchanged_since: self.copy_source_if_unmodified_since,
        };
        Source::read(&self.copy_source, self.expected_source_bucket_owner.as_deref(), conditions)
    }
}

/// The algorithm of the part's checksum: a request has none of its own.
fn sum(upload: &Upload) -> Algorithm {
    upload.algorithm().unwrap_or(sums::USUAL)
}

fn output(part: &Part, upload: &Upload, version: Option<String>) -> Output {
    let copied = Copied {
        etag: format!("\"{}\"", part.etag),
        last_modified: Millis(part.modified_ms),
        ..Copied::default()
    };
    // A part of an upload without a wish for a checksum shows none.
    let copied = match upload.sum {
        Some(_) => copied.with_sum(&part.sum.0, &part.sum.1),
        None => copied,
    };
    Output {
        copy_part_result: copied,
        copy_source_version_id: version,
        server_side_encryption: upload.envelope.sse(),
        kms_key: upload.envelope.kms_key(),
        bucket_key_enabled: upload.envelope.bucket_key(),
    }
}

impl Operation for UploadPartCopy {
    const NAME: &'static str = "s3:UploadPartCopy";
    const ASKS: &'static [&'static str] =
        &["s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "s3:PutObject"];
    const EFFECT: Effect = Effect::Write;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let mut asks = input.source()?.asks(view)?;
        let put = input.place().asks("s3:PutObject", view)?;
        let source = input.copy_source.as_str();
        asks.extend(put.into_iter().map(|ask| ask.with("s3:x-amz-copy-source", source)));
        Ok(asks)
    }

    fn receive(
        _: &Permit<Self>,
        input: &Input,
        act: &mut Act<'_, S3>,
    ) -> Result<Option<Receiving>, Fault> {
        uploads::check_number(input.part_number)?;
        let upload = input.place().upload(act.read())?.clone();
        let original = input.source()?.original(input.copy_source_range.as_deref(), act)?;
        let bucket = act.read().bucket(&input.bucket)?.clone();
        let opened = &seals::open(&bucket, &input.key, &upload.envelope, act)?;
        let (arn, sum) = (&bucket.object_arn(&input.key), sum(&upload));
        let to = Target { arn, envelope: upload.envelope, opened, sum };
        bodies::receiving(to, Some(original), act).map(Some)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let upload = input.place().upload(act.read())?.clone();
        let mut arrived = bodies::received(act)?;
        let version = arrived.origin.take().and_then(|origin| origin.shown);
        let part = arrived.part(input.part_number, sum(&upload), act)?;
        let output = output(&part, &upload, version);
        uploads::put_part(&upload.id, part, act);
        Ok(output)
    }
}
