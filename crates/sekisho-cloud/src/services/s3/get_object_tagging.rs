//! `GetObjectTagging`. Source: S3 API Reference, "GetObjectTagging".

use serde::Serialize;

use super::finding::{OfObject, shown};
use super::object_tags::{self, Tag};
use super::state::S3;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:GetObjectTagging`.
#[derive(Debug)]
pub struct GetObjectTagging;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    version_id: Option<String>,
    tag_set: Vec<Tag>,
}

impl Operation for GetObjectTagging {
    const NAME: &'static str = "s3:GetObjectTagging";
    const ASKS: &'static [&'static str] =
        &["s3:GetObjectTagging", "s3:GetObjectVersionTagging", "s3:ListBucket"];
    const EFFECT: Effect = Effect::Read;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = OfObject;
    type Out = Output;

    fn asks<'a>(input: &OfObject, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let actions = ("s3:GetObjectTagging", "s3:GetObjectVersionTagging");
        input.wanted().asks(&[actions], view)
    }

    fn act(_: Permit<Self>, input: OfObject, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let (bucket, version) =
            input.wanted().tagged("GET", act).map_err(|fault| missing(&input, fault))?;
        let tags = version.object().map(|object| object_tags::list(&object.about.tags));
        Ok(Output { version_id: shown(bucket, version), tag_set: tags.unwrap_or_default() })
    }
}

/// This operation alone names the bucket with the key that is missing (recorded from S3 in January 2025).
fn missing(input: &OfObject, fault: Fault) -> Fault {
    match fault.code {
        "NoSuchKey" => fault.with("Key", format!("{}/{}", input.bucket, input.key)),
        _ => fault,
    }
}
