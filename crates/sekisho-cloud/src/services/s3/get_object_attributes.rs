//! `GetObjectAttributes`. Source: S3 API Reference, "GetObjectAttributes" (it asks for two permissions).

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::finding::{Wanted, shown};
use super::state::{Object, S3};
use super::sums::{Sums, with_sums};
use super::{listed, object_fault, seals};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:GetObjectAttributes`.
#[derive(Debug)]
pub struct GetObjectAttributes;

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
    /// What to tell.
    pub object_attributes: Vec<String>,
    /// How many parts at most.
    pub max_parts: Option<i64>,
    /// Behind which part to begin.
    pub part_number_marker: Option<i64>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    last_modified: Millis,
    version_id: Option<String>,
    #[serde(rename = "ETag")]
    etag: Option<String>,
    checksum: Option<Checksum>,
    object_parts: Option<Parts>,
    storage_class: Option<String>,
    object_size: Option<u64>,
}

with_sums! {
    /// The checksum, without the count of parts.
    #[derive(Debug, Default, Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct Checksum {
        checksum_type: &'static str,
    }
}

/// The parts; no more than their count where the upload named no algorithm (recorded from S3, August 2023).
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Parts {
    total_parts_count: usize,
    part_number_marker: Option<i64>,
    next_part_number_marker: Option<i64>,
    max_parts: Option<usize>,
    is_truncated: Option<bool>,
    parts: Vec<Listed>,
}

with_sums! {
    /// A part.
    #[derive(Debug, Default, Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct Listed {
        part_number: i64,
        size: u64,
    }
}

impl Input {
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            bucket: &self.bucket,
            key: &self.key,
            version: self.version_id.as_deref(),
            owner: self.expected_bucket_owner.as_deref(),
        }
    }

    fn parts(&self, object: &Object) -> Result<Parts, Fault> {
        let max = listed::size(self.max_parts, "max-parts")?;
        let marker = self.part_number_marker.unwrap_or_default();
        let behind: Vec<_> = object.parts.iter().filter(|part| part.number > marker).collect();
        let page = behind.iter().take(max);
        let parts = page.clone().filter_map(|part| {
            let listed = Listed { part_number: part.number, size: part.size, ..Listed::default() };
            Some(listed.with_sum(&object.sum.algorithm, part.sum.as_deref()?))
        });
        let named = object.parts.iter().any(|part| part.sum.is_some()).then_some(());
        let last = page.clone().next_back().map_or(0, |part| part.number);
        Ok(Parts {
            total_parts_count: object.parts.len(),
            part_number_marker: named.map(|()| marker),
            next_part_number_marker: named.map(|()| last),
            max_parts: named.map(|()| max),
            is_truncated: named.map(|()| behind.len() > max),
            parts: parts.collect(),
        })
    }
}

fn checksum(object: &Object) -> Checksum {
    let checksum = Checksum { checksum_type: object.sum.kind(), ..Checksum::default() };
    checksum.with_sum(&object.sum.algorithm, &object.sum.value)
}

impl Operation for GetObjectAttributes {
    const NAME: &'static str = "s3:GetObjectAttributes";
    const ASKS: &'static [&'static str] = &[
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:GetObjectAttributes",
        "s3:GetObjectVersionAttributes",
        "s3:ListBucket",
    ];
    const EFFECT: Effect = Effect::Read;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let actions = [
            ("s3:GetObject", "s3:GetObjectVersion"),
            ("s3:GetObjectAttributes", "s3:GetObjectVersionAttributes"),
        ];
        input.wanted().asks(&actions, view)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let (bucket, version) = input.wanted().object("GET", act)?;
        let (bucket, version) = (bucket.clone(), version.clone());
        let object = version.object().ok_or_else(|| object_fault::no_key(&input.key))?;
        seals::open(&bucket, &input.key, &object.envelope, act)?;
        let asked = |name: &str| input.object_attributes.iter().any(|one| one == name);
        let parts = asked("ObjectParts") && !object.parts.is_empty();
        Ok(Output {
            last_modified: Millis(version.modified_ms),
            version_id: shown(&bucket, &version),
            etag: asked("ETag").then(|| object.etag.clone()),
            checksum: asked("Checksum").then(|| checksum(object)),
            object_parts: if parts { Some(input.parts(object)?) } else { None },
            storage_class: asked("StorageClass").then(|| listed::class(object)),
            object_size: asked("ObjectSize").then_some(object.size),
        })
    }
}
