//! `CreateMultipartUpload`. Source: S3 API Reference, "CreateMultipartUpload".

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::state::{S3, SumOf, Upload};
use super::writing::writes;
use super::{order, seals};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:CreateMultipartUpload`.
#[derive(Debug)]
pub struct CreateMultipartUpload;

writes! {
    /// The input.
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase", deny_unknown_fields)]
    pub struct Input {
        /// The algorithm of the checksum.
        pub checksum_algorithm: Option<String>,
        /// Whether it is made of the parts' checksums.
        pub checksum_type: Option<String>,
    }
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    bucket: String,
    key: String,
    upload_id: String,
    server_side_encryption: &'static str,
    #[serde(rename = "SSEKMSKeyId")]
    kms_key: Option<String>,
    bucket_key_enabled: Option<bool>,
    checksum_algorithm: Option<String>,
    checksum_type: Option<&'static str>,
    abort_date: Option<Millis>,
    abort_rule_id: Option<String>,
}

impl Operation for CreateMultipartUpload {
    const NAME: &'static str = "s3:CreateMultipartUpload";
    const ASKS: &'static [&'static str] =
        &["s3:PutObject", "s3:PutObjectTagging", "s3:PutObjectAcl"];
    const EFFECT: Effect = Effect::Write;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.said().asks(view, |ask| ask)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let about = input.said().about(act)?;
        let sum =
            SumOf::wished(input.checksum_algorithm.as_deref(), input.checksum_type.as_deref())?;
        let bucket = act.read().bucket(&input.bucket)?.clone();
        let (envelope, _) = seals::make(&bucket, &input.key, input.said().wish, act)?;
        let current = act.read().current(&input.bucket, &input.key);
        let found = current.map(|version| version.id.clone());
        let now_ms = act.now_ms();
        let id = order::upload_id(now_ms, act.dice());
        let (abort_date, abort_rule_id) =
            act.read().abort(&input.bucket, &input.key, now_ms).unzip();
        let output = Output {
            bucket: input.bucket.clone(),
            key: input.key.clone(),
            upload_id: id.clone(),
            server_side_encryption: envelope.sse(),
            kms_key: envelope.kms_key(),
            bucket_key_enabled: envelope.bucket_key(),
            checksum_algorithm: sum.as_ref().map(|sum| sum.algorithm.clone()),
            checksum_type: sum.as_ref().map(SumOf::kind),
            abort_date,
            abort_rule_id: abort_rule_id.flatten(),
        };
        let initiator = act.principal().caller.to_string();
        let row = order::row(&input.bucket, &input.key, &id);
        let upload = Upload { id, initiated_ms: now_ms, initiator, about, envelope, sum, found };
        act.state().uploads.put(row, upload);
        Ok(output)
    }
}
