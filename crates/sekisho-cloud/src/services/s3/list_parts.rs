//! `ListParts`. Source: S3 API Reference, "ListParts"; S3 User Guide, "Required permissions for Amazon S3
//! API operations": who lists the parts of an upload under KMS needs `kms:Decrypt`.

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::listed::{self, Owner};
use super::seals;
use super::state::{Part, S3, SumOf, part_row};
use super::sums::{Sums, with_sums};
use super::uploads::Place;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::directory::canonical_user;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:ListParts`.
#[derive(Debug)]
pub struct ListParts;

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
    /// How many parts at most.
    pub max_parts: Option<i64>,
    /// Behind which part to begin.
    pub part_number_marker: Option<i64>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    bucket: String,
    key: String,
    upload_id: String,
    part_number_marker: i64,
    next_part_number_marker: i64,
    max_parts: usize,
    is_truncated: bool,
    parts: Vec<Listed>,
    initiator: Owner,
    owner: Owner,
    storage_class: String,
    checksum_algorithm: Option<String>,
    checksum_type: Option<&'static str>,
    abort_date: Option<Millis>,
    abort_rule_id: Option<String>,
}

with_sums! {
    /// A part in the listing.
    #[derive(Debug, Default, Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct Listed {
        part_number: i64,
        last_modified: Millis,
        #[serde(rename = "ETag")]
        etag: String,
        size: u64,
    }
}

fn listed(part: &Part) -> Listed {
    let listed = Listed {
        part_number: part.number,
        last_modified: Millis(part.modified_ms),
        etag: format!("\"{}\"", part.etag),
        size: part.size,
        ..Listed::default()
    };
    listed.with_sum(&part.sum.0, &part.sum.1)
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

impl Operation for ListParts {
    const NAME: &'static str = "s3:ListParts";
    const ASKS: &'static [&'static str] = &["s3:ListMultipartUploadParts", "s3:PutObject"];
    const EFFECT: Effect = Effect::Read;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        input.place().asks_of_initiator("s3:ListMultipartUploadParts", view)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let upload = input.place().upload(act.read())?.clone();
        let bucket = act.read().bucket(&input.bucket)?.clone();
        seals::open(&bucket, &input.key, &upload.envelope, act)?;
        let max = listed::size(input.max_parts, "max-parts")?;
        let after = input.part_number_marker.unwrap_or_default();
        let from = part_row(&upload.id, after);
        let rows = act.read().parts.under_after(&format!("{}/", upload.id), &from);
        let mut parts: Vec<_> = rows.take(max + 1).map(|(_, part)| listed(part)).collect();
        let is_truncated = max > 0 && parts.len() > max;
        parts.truncate(max);
        let abort = act.read().abort(&input.bucket, &input.key, upload.initiated_ms);
        let (abort_date, abort_rule_id) = abort.unzip();
        Ok(Output {
            abort_date,
            abort_rule_id: abort_rule_id.flatten(),
            part_number_marker: after,
            next_part_number_marker: parts.last().map_or(0, |part| part.part_number),
            max_parts: max,
            is_truncated,
            parts,
            initiator: Owner { id: upload.initiator.clone() },
            owner: Owner { id: canonical_user(bucket.account) },
            storage_class: upload.about.class.clone().unwrap_or_else(|| "STANDARD".to_owned()),
            checksum_algorithm: upload.sum.as_ref().map(|sum| sum.algorithm.clone()),
            checksum_type: upload.sum.as_ref().map(SumOf::kind),
            bucket: input.bucket.clone(),
            key: input.key.clone(),
            upload_id: input.upload_id.clone(),
        })
    }
}
