//! `PutObject`. Source: S3 API Reference, "PutObject"; S3 User Guide, "How to prevent object overwrites
//! with conditional writes" (`If-Match` also asks `s3:GetObject`).

use serde::{Deserialize, Serialize};

use super::bodies::Target;
use super::conditions::Writing;
use super::state::{Object, S3};
use super::sums::{Sums, has_sums, with_sums};
use super::writing::writes;
use super::{ask, bodies, object_fault, seals, sums};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};
use crate::stream::Receiving;

/// `s3:PutObject`.
#[derive(Debug)]
pub struct PutObject;

writes! {
    /// The input.
    #[derive(Debug, Clone, Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase", deny_unknown_fields)]
    pub struct Input {
        /// The length of the body.
        pub content_length: Option<u64>,
        /// Its MD5, which the shell has verified.
        #[serde(rename = "ContentMD5")]
        pub content_md5: Option<String>,
        /// The algorithm of its checksum.
        pub checksum_algorithm: Option<String>,
        /// Its checksum, which the shell has verified.
        #[serde(rename = "ChecksumCRC32")]
        pub crc32: Option<String>,
        /// The same.
        #[serde(rename = "ChecksumCRC32C")]
        pub crc32c: Option<String>,
        /// The same.
        #[serde(rename = "ChecksumCRC64NVME")]
        pub crc64nvme: Option<String>,
        /// The same.
        #[serde(rename = "ChecksumSHA1")]
        pub sha1: Option<String>,
        /// The same.
        #[serde(rename = "ChecksumSHA256")]
        pub sha256: Option<String>,
        /// The entity tag that must be there.
        pub if_match: Option<String>,
        /// `*`: nothing must be there.
        pub if_none_match: Option<String>,
    }
}

has_sums!(Input);

with_sums! {
    /// The output.
    #[derive(Debug, Default, Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub struct Output {
        #[serde(rename = "ETag")]
        etag: String,
        checksum_type: &'static str,
        server_side_encryption: &'static str,
        #[serde(rename = "SSEKMSKeyId")]
        kms_key: Option<String>,
        bucket_key_enabled: Option<bool>,
        version_id: Option<String>,
        expiration: Option<String>,
    }
}

impl Input {
    fn conditions(&self) -> Writing<'_> {
        Writing { is: self.if_match.as_deref(), is_not: self.if_none_match.as_deref() }
    }

    fn sum(&self) -> sekisho_wire::checksum::Algorithm {
        let claimed = self.clone().claimed();
        sums::wanted(self.checksum_algorithm.as_deref(), claimed.as_ref())
    }

    /// What must be so before the body is read, and still when it has come.
    fn check(&self, act: &Act<'_, S3>) -> Result<(), Fault> {
        self.conditions().check(&self.key, act.read().newest(&self.bucket, &self.key))
    }
}

impl Operation for PutObject {
    const NAME: &'static str = "s3:PutObject";
    const ASKS: &'static [&'static str] =
        &["s3:PutObject", "s3:PutObjectTagging", "s3:PutObjectAcl", "s3:GetObject"];
    const EFFECT: Effect = Effect::Write;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let conditions = input.conditions();
        let mut asks = input.said().asks(view, |ask| conditions.keys(ask))?;
        if input.if_match.is_some() {
            let bucket = view.state().bucket(&input.bucket)?;
            asks.push(conditions.keys(ask::on_object("s3:GetObject", bucket, &input.key, view)));
        }
        Ok(asks)
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
        input.said().about(act)?;
        input.check(act)?;
        let bucket = act.read().bucket(&input.bucket)?.clone();
        let (envelope, opened) = seals::make(&bucket, &input.key, input.said().wish, act)?;
        let arn = &bucket.object_arn(&input.key);
        let to = Target { arn, envelope, opened: &opened, sum: input.sum() };
        bodies::receiving(to, None, act).map(Some)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let about = input.said().about(act)?;
        input.check(act)?;
        let arrived = bodies::received(act)?;
        let object = arrived.object(about, input.sum(), act)?;
        let mut output = output(&object);
        output.version_id = bodies::keep((&input.bucket, &input.key), object, act);
        output.expiration = act.read().expiration(&input.bucket, &input.key);
        Ok(output)
    }
}

fn output(object: &Object) -> Output {
    let output = Output {
        etag: format!("\"{}\"", object.etag),
        checksum_type: object.sum.kind(),
        server_side_encryption: object.envelope.sse(),
        kms_key: object.envelope.kms_key(),
        bucket_key_enabled: object.envelope.bucket_key(),
        ..Output::default()
    };
    output.with_sum(&object.sum.algorithm, &object.sum.shown())
}
