//! `UploadPart`. Source: S3 API Reference, "UploadPart". The upload has one data key; KMS is asked to
//! decrypt it for each part.

use sekisho_wire::checksum::Algorithm;
use serde::{Deserialize, Serialize};

use super::state::{Part, S3, Upload};
use super::sums::{Sums, with_sums};
use super::uploads::Place;
use super::{bodies, object_fault, seals, sums, uploads};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};
use crate::stream::Receiving;

/// `s3:UploadPart`.
#[derive(Debug)]
pub struct UploadPart;

with_sums! {
    /// The input.
    #[derive(Debug, Clone, Serialize, Deserialize)]
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
        /// The length of the body.
        pub content_length: Option<u64>,
        /// Its MD5, which the shell has verified.
        #[serde(rename = "ContentMD5")]
        pub content_md5: Option<String>,
        /// The algorithm of its checksum.
        pub checksum_algorithm: Option<String>,
    }
}

with_sums! {
    /// The output.
    #[derive(Debug, Default, Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub struct Output {
        #[serde(rename = "ETag")]
        etag: String,
        server_side_encryption: &'static str,
        #[serde(rename = "SSEKMSKeyId")]
        kms_key: Option<String>,
        bucket_key_enabled: Option<bool>,
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
}

impl Input {
    /// The algorithm of the upload, or of the request.
    fn sum(&self, upload: &Upload) -> Algorithm {
        let of_upload = upload.sum.as_ref().and_then(|sum| Algorithm::of_name(&sum.algorithm));
        let claimed = self.clone().claimed();
        let of_request = sums::wanted(self.checksum_algorithm.as_deref(), claimed.as_ref());
        of_upload.unwrap_or(of_request)
    }
}

impl Operation for UploadPart {
    const NAME: &'static str = "s3:UploadPart";
    const ASKS: &'static [&'static str] = &["s3:PutObject"];
    const EFFECT: Effect = Effect::Write;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.place().asks("s3:PutObject", view)
    }

    fn receive(
        _: &Permit<Self>,
        input: &Input,
        act: &mut Act<'_, S3>,
    ) -> Result<Option<Receiving>, Fault> {
        let size = input.content_length.unwrap_or_default();
        if size > bodies::BODY_BYTES_MAX {
            return Err(object_fault::too_large(size, bodies::BODY_BYTES_MAX));
        }
        uploads::check_number(input.part_number)?;
        let upload = input.place().upload(act.read())?.clone();
        let bucket = act.read().bucket(&input.bucket)?.clone();
        let opened = seals::open(&bucket, &input.key, &upload.envelope, act)?;
        let (arn, sum) = (bucket.object_arn(&input.key), input.sum(&upload));
        bodies::receiving(&arn, upload.envelope, &opened, sum, act).map(Some)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let upload = input.place().upload(act.read())?.clone();
        let (received, _, piece) = bodies::received(act)?;
        let wanted = input.sum(&upload);
        let sum = sums::kept(&received, wanted);
        let sum = sum.ok_or_else(|| Fault::internal(&"no checksum was computed"))?;
        let part = Part {
            number: input.part_number,
            size: received.bytes,
            etag: bodies::etag(&received, &upload.envelope, act)?,
            sum: (sum.algorithm().name().to_owned(), sum.base64()),
            modified_ms: act.now_ms(),
            pieces: vec![piece],
        };
        let output = Output {
            etag: format!("\"{}\"", part.etag),
            server_side_encryption: upload.envelope.sse(),
            kms_key: upload.envelope.kms_key(),
            bucket_key_enabled: upload.envelope.bucket_key(),
            ..Output::default()
        };
        let output = output.with_sum(&part.sum.0, &part.sum.1);
        uploads::put_part(&upload.id, part, act);
        Ok(output)
    }
}
