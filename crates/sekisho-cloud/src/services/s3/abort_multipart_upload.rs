//! `AbortMultipartUpload`. Source: S3 API Reference, "AbortMultipartUpload"; S3 User Guide, "Uploading
//! and copying objects using multipart upload" (the initiator needs no more than `s3:PutObject`).

use serde::{Deserialize, Serialize};

use super::state::S3;
use super::uploads::Place;
use super::{object_fault, order, uploads};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:AbortMultipartUpload`.
#[derive(Debug)]
pub struct AbortMultipartUpload;

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
}

/// The output.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Input {
    fn place(&self) -> Place<'_> {
        Place {
            bucket: &self.bucket,
            key: &self.key,
            upload: &self.upload_id,
            owner: self.expected_bucket_owner.as_deref(),
        }
    }
}

impl Operation for AbortMultipartUpload {
    const NAME: &'static str = "s3:AbortMultipartUpload";
    const ASKS: &'static [&'static str] = &["s3:AbortMultipartUpload", "s3:PutObject"];
    const EFFECT: Effect = Effect::Write;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.place().asks_of_initiator("s3:AbortMultipartUpload", view)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let place = input.place();
        if act.read().uploads.has(&place.row()) {
            uploads::end(&place, act);
            return Ok(Output {});
        }
        // Whoever aborts again, or too late, is told the same.
        match order::is_upload_id(&input.upload_id) {
            true => Ok(Output {}),
            false => Err(object_fault::no_upload(&input.upload_id)),
        }
    }
}
