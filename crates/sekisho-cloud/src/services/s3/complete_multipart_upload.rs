//! `CompleteMultipartUpload`. Source: S3 API Reference, "CompleteMultipartUpload"; what is said of
//! repetitions and of conditions on what changed meanwhile is as recorded.

use serde::{Deserialize, Serialize};

use super::assembly::{self, Listed};
use super::conditions::Writing;
use super::finding::shown;
use super::state::{Object, S3, SumOf, Upload};
use super::sums::{Sums, with_sums};
use super::uploads::Place;
use super::{ask, bodies, fault, object_fault, order, seals, sums, uploads};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};

/// `s3:CompleteMultipartUpload`.
#[derive(Debug)]
pub struct CompleteMultipartUpload;

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
        /// The parts.
        pub multipart_upload: Option<Parts>,
        /// Of what the checksum is made.
        pub checksum_type: Option<String>,
        /// The length that the object must have.
        pub mpu_object_size: Option<u64>,
        /// The entity tag that must be there.
        pub if_match: Option<String>,
        /// `*`: nothing must be there.
        pub if_none_match: Option<String>,
    }
}

/// The parts that make the object.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Parts {
    /// In the order of their numbers.
    #[serde(default)]
    pub parts: Vec<Listed>,
}

with_sums! {
    /// The output.
    #[derive(Debug, Default, Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub struct Output {
        location: String,
        bucket: String,
        key: String,
        #[serde(rename = "ETag")]
        etag: String,
        checksum_type: &'static str,
        server_side_encryption: &'static str,
        version_id: Option<String>,
        expiration: Option<String>,
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

    fn conditions(&self) -> Writing<'_> {
        Writing { is: self.if_match.as_deref(), is_not: self.if_none_match.as_deref() }
    }

    /// Conditions are on what the key has now; where that has changed since the upload began, they
    /// cannot be judged.
    fn check(&self, upload: &Upload, act: &Act<'_, S3>) -> Result<(), Fault> {
        if let Some(kind) = self.checksum_type.as_deref() {
            let begun = upload.sum.as_ref().map_or("FULL_OBJECT", SumOf::kind);
            if kind != begun {
                return Err(fault::invalid_request(format!(
                    "The upload was created using the {begun} checksum mode. The complete request \
                     must use the same checksum mode."
                )));
            }
        }
        let newest = act.read().newest(&self.bucket, &self.key);
        self.conditions().check(&self.key, newest)?;
        let now = newest.filter(|version| version.object.is_some()).map(|version| &version.id);
        let changed = now != upload.found.as_ref();
        match (&self.if_match, &self.if_none_match) {
            (Some(_), _) if changed => Err(object_fault::conflict("If-Match", &self.key)),
            (_, Some(_)) if changed => Err(object_fault::conflict("If-None-Match", &self.key)),
            _ => Ok(()),
        }
    }
}

/// The answer to an upload that is completed again with the same list, as long as its object is there.
fn repeated(input: &Input, list: &[Listed], act: &Act<'_, S3>) -> Result<Output, Fault> {
    let bucket = act.read().bucket(&input.bucket)?;
    let versions = act.read().versions.under(&order::of_key(&input.bucket, &input.key));
    let digest = assembly::digest(list);
    let same = |object: &Object| {
        let made = object.upload.as_ref();
        made.is_some_and(|made| made.id == input.upload_id && made.list == digest)
    };
    let mut made = versions.filter_map(|(_, version)| Some((version, version.object()?)));
    let (version, object) = made
        .find(|(_, object)| same(object))
        .ok_or_else(|| object_fault::no_upload(&input.upload_id))?;
    Ok(Output { version_id: shown(bucket, version), ..output(input, object) })
}

fn output(input: &Input, object: &Object) -> Output {
    let output = Output {
        location: format!("https://{}.s3.amazonaws.com/{}", input.bucket, input.key),
        bucket: input.bucket.clone(),
        key: input.key.clone(),
        etag: format!("\"{}\"", object.etag),
        checksum_type: object.sum.kind(),
        server_side_encryption: object.envelope.sse(),
        kms_key: object.envelope.kms_key(),
        bucket_key_enabled: object.envelope.bucket_key(),
        ..Output::default()
    };
    output.with_sum(&object.sum.algorithm, &object.sum.shown())
}

impl Operation for CompleteMultipartUpload {
    const NAME: &'static str = "s3:CompleteMultipartUpload";
    const ASKS: &'static [&'static str] = &["s3:PutObject", "s3:GetObject"];
    const EFFECT: Effect = Effect::Write;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let conditions = input.conditions();
        let asks = input.place().asks("s3:PutObject", view)?;
        let mut asks: Vec<_> = asks.into_iter().map(|ask| conditions.keys(ask)).collect();
        if input.if_match.is_some() {
            let bucket = view.state().bucket(&input.bucket)?;
            asks.push(conditions.keys(ask::on_object("s3:GetObject", bucket, &input.key, view)));
        }
        Ok(asks)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let list = input.multipart_upload.as_ref().map(|one| one.parts.clone()).unwrap_or_default();
        let place = input.place();
        let Ok(upload) = place.upload(act.read()).cloned() else {
            return repeated(&input, &list, act);
        };
        input.check(&upload, act)?;
        let bucket = act.read().bucket(&input.bucket)?.clone();
        seals::open(&bucket, &input.key, &upload.envelope, act)?;
        let object = assembly::object(&upload, &list, act.read())?;
        let claimed = input.clone().claimed();
        sums::check(claimed.as_ref(), &object.sum)?;
        if let Some(size) = input.mpu_object_size.filter(|size| *size != object.size) {
            let text = format!("Value for x-amz-mp-object-size header is invalid: '{size}'");
            return Err(fault::invalid_request(text));
        }
        uploads::end_with(&place, &object, act);
        let mut output = output(&input, &object);
        output.version_id = bodies::keep((&input.bucket, &input.key), object, act);
        output.expiration = act.read().expiration(&input.bucket, &input.key);
        Ok(output)
    }
}
