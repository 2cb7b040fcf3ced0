//! `DeleteObject`. Sources: S3 API Reference, "DeleteObject"; S3 User Guide, "Deleting object
//! versions" and "How to perform conditional deletes" (`If-Match` with an entity tag also asks
//! `s3:GetObject`).

use serde::{Deserialize, Serialize};

use super::conditions::matches;
use super::finding::Wanted;
use super::state::{Bucket, S3, Version, Versioning};
use super::{ask, bodies, object_fault};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:DeleteObject`.
#[derive(Debug)]
pub struct DeleteObject;

/// The input.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// The version that is to go for good.
    pub version_id: Option<String>,
    /// The account that must own the bucket.
    pub expected_bucket_owner: Option<String>,
    /// Who pays, which changes nothing here.
    pub request_payer: Option<String>,
    /// The entity tag that the current version must have; `*`: any.
    pub if_match: Option<String>,
    /// Whether to pass over a retention, which no bucket has here.
    pub bypass_governance_retention: Option<bool>,
}

/// The output.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Whether a delete marker was made, or deleted.
    pub delete_marker: Option<bool>,
    /// Its id, or that of the version that is gone.
    pub version_id: Option<String>,
}

/// Deletes a version for good. One that is not there is as good as deleted.
fn delete_version(
    (name, key): (&str, &str),
    id: &str,
    bucket: &Bucket,
    act: &mut Act<'_, S3>,
) -> Output {
    let found = act.read().version(name, key, id);
    let found = found.map(|version| (version.id.clone(), version.object.is_none()));
    let Some((row, was_marker)) = found else {
        return Output { delete_marker: None, version_id: Some(id.to_owned()) };
    };
    let dropped = act.state().drop_version(name, key, &row);
    bodies::drop_all(dropped, act);
    let version_id = (bucket.versioning != Versioning::Off).then(|| id.to_owned());
    Output { delete_marker: was_marker.then_some(true), version_id }
}

impl Operation for DeleteObject {
    const NAME: &'static str = "s3:DeleteObject";
    const ASKS: &'static [&'static str] =
        &["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject"];
    const EFFECT: Effect = Effect::Write;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let bucket = ask::bucket(&input.bucket, input.expected_bucket_owner.as_deref(), view)?;
        let on = |action| {
            let ask = ask::on_object(action, bucket, &input.key, view);
            ask.with_some("s3:if-match", input.if_match.as_deref())
        };
        let mut asks = vec![match input.version_id.as_deref() {
            Some(id) => on("s3:DeleteObjectVersion").with("s3:VersionId", id),
            None => on("s3:DeleteObject"),
        }];
        if input.if_match.as_deref().is_some_and(|etag| etag != "*") {
            asks.push(on("s3:GetObject"));
        }
        Ok(asks)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let wanted = Wanted {
            bucket: &input.bucket,
            key: &input.key,
            version: input.version_id.as_deref(),
            owner: None,
        };
        let bucket = act.read().bucket(&input.bucket)?.clone();
        object_fault::check_bypass(input.bypass_governance_retention)?;
        wanted.check_id(&bucket)?;
        if let Some(condition) = &input.if_match {
            let current = act.read().current(&input.bucket, &input.key);
            let object = current.and_then(Version::object);
            if !object.is_some_and(|object| matches(condition, &object.etag)) {
                return Err(object_fault::precondition("If-Match"));
            }
        }
        let place = (input.bucket.as_str(), input.key.as_str());
        match (input.version_id, bucket.versioning) {
            (Some(id), _) => Ok(delete_version(place, &id, &bucket, act)),
            (None, Versioning::Off) => {
                let dropped = act.state().drop_null(place.0, place.1);
                bodies::drop_all(dropped, act);
                Ok(Output::default())
            }
            (None, _) => {
                let version_id = bodies::write(place, None, act);
                Ok(Output { delete_marker: Some(true), version_id })
            }
        }
    }
}
