//! `CopyObject`. Source: S3 API Reference, "CopyObject". The copy names the bodies of its source;
//! their keys are sealed anew under its own envelope.

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::bodies::Target;
use super::conditions::{Reading, Writing};
use super::copying::{self, Source};
use super::fault::invalid_request;
use super::finding::shown;
use super::state::{About, Bucket, BucketEncryption, Object, S3, Version};
use super::sums::{Sums, with_sums};
use super::writing::writes;
use super::{ask, bodies, object_fault, seals};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event, Operation, Permit};
use crate::stream::Receiving;

/// `s3:CopyObject`.
#[derive(Debug)]
pub struct CopyObject;

writes! {
    /// The input.
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase", deny_unknown_fields)]
    pub struct Input {
        /// What is copied: `bucket/key?versionId=…`.
        pub copy_source: String,
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
        /// The entity tag that must be there.
        pub if_match: Option<String>,
        /// `*`: nothing must be there.
        pub if_none_match: Option<String>,
        /// `COPY` or `REPLACE`.
        pub metadata_directive: Option<String>,
        /// `COPY` or `REPLACE`.
        pub tagging_directive: Option<String>,
        /// The algorithm of the copy's checksum.
        pub checksum_algorithm: Option<String>,
    }
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    copy_object_result: Copied,
    copy_source_version_id: Option<String>,
    version_id: Option<String>,
    expiration: Option<String>,
    server_side_encryption: &'static str,
    #[serde(rename = "SSEKMSKeyId")]
    kms_key: Option<String>,
    bucket_key_enabled: Option<bool>,
}

with_sums! {
    /// The copy.
    #[derive(Debug, Default, Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub(crate) struct Copied {
        #[serde(rename = "ETag")]
        etag: String,
        last_modified: Millis,
        checksum_type: &'static str,
    }
}

impl Input {
    fn source(&self) -> Result<Source<'_>, Fault> {
        let conditions = Reading {
            is: self.copy_source_if_match.as_deref(),
            is_not: self.copy_source_if_none_match.as_deref(),
            changed_since: self.copy_source_if_modified_since,
            unchanged_since: self.copy_source_if_unmodified_since,
        };
        Source::read(&self.copy_source, self.expected_source_bucket_owner.as_deref(), conditions)
    }

    fn conditions(&self) -> Writing<'_> {
        Writing { is: self.if_match.as_deref(), is_not: self.if_none_match.as_deref() }
    }

    fn copies_tags(&self) -> bool {
        self.tagging_directive.as_deref() != Some("REPLACE")
    }

    fn copies_metadata(&self) -> bool {
        self.metadata_directive.as_deref() != Some("REPLACE")
    }

    /// What is said of the copy. Storage class and redirect are not copied.
    fn about(&self, original: &Object, act: &Act<'_, S3>) -> Result<About, Fault> {
        let mut about = self.said().about(act)?;
        if self.copies_metadata() {
            about.headers = original.about.headers.clone();
            about.metadata = original.about.metadata.clone();
        }
        if self.copies_tags() {
            about.tags = original.about.tags.clone();
        }
        Ok(about)
    }

    /// Holds what the key has now against the conditions; with the bucket.
    fn check(&self, source: &Source<'_>, act: &Act<'_, S3>) -> Result<Bucket, Fault> {
        let newest = act.read().newest(&self.bucket, &self.key);
        self.conditions().check(&self.key, newest)?;
        let to = act.read().bucket(&self.bucket)?;
        self.must_change(source, to)?;
        Ok(to.clone())
    }

    /// A copy that names the bodies of its source.
    fn shared(
        &self,
        source: &Source<'_>,
        (from, original): (&Bucket, &Object),
        to: &Bucket,
        about: About,
        act: &mut Act<'_, S3>,
    ) -> Result<Object, Fault> {
        copying::check_size(original.size)?;
        let opened = seals::open(from, &source.key, &original.envelope, act)?;
        let (envelope, sealed) = seals::make(to, &self.key, self.said().wish, act)?;
        let arns = (from.object_arn(&source.key), to.object_arn(&self.key));
        let pieces = bodies::share(&original.pieces, (&arns.0, &opened), (&arns.1, &sealed), act)?;
        Ok(Object {
            size: original.size,
            etag: copying::etag(original, &envelope, act),
            about,
            sum: original.sum.clone(),
            envelope,
            pieces,
            parts: Vec::new(),
            upload: None,
        })
    }

    /// Refuses a copy of an object to itself that changes nothing.
    fn must_change(&self, source: &Source<'_>, to: &Bucket) -> Result<(), Fault> {
        let same = source.bucket == self.bucket && source.key == self.key;
        let changes = !self.copies_metadata()
            || source.version.is_some()
            || self.storage_class.is_some()
            || self.server_side_encryption.is_some()
            || self.website_redirect_location.is_some()
            || to.encryption != BucketEncryption::default();
        if same && !changes { Err(object_fault::copy_to_itself()) } else { Ok(()) }
    }
}

fn output(object: &Object, now_ms: i64) -> Output {
    let copied = Copied {
        etag: format!("\"{}\"", object.etag),
        last_modified: Millis(now_ms),
        checksum_type: object.sum.kind(),
        ..Copied::default()
    };
    Output {
        copy_object_result: copied.with_sum(&object.sum.algorithm, &object.sum.shown()),
        copy_source_version_id: None,
        version_id: None,
        expiration: None,
        server_side_encryption: object.envelope.sse(),
        kms_key: object.envelope.kms_key(),
        bucket_key_enabled: object.envelope.bucket_key(),
    }
}

impl Operation for CopyObject {
    const NAME: &'static str = "s3:CopyObject";
    const ASKS: &'static [&'static str] = &[
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:GetObjectTagging",
        "s3:GetObjectVersionTagging",
        "s3:ListBucket",
        "s3:PutObject",
        "s3:PutObjectTagging",
        "s3:PutObjectAcl",
    ];
    const EFFECT: Effect = Effect::Write;
    const EVENT: Event = Event::Data;

    type State = S3;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, S3>) -> Result<Vec<Ask<'a>>, Fault> {
        let source = input.source()?;
        let mut asks = source.asks(view)?;
        let conditions = input.conditions();
        asks.extend(input.said().asks(view, |ask| {
            let directive = input.metadata_directive.as_deref();
            conditions
                .keys(ask.with("s3:x-amz-copy-source", input.copy_source.as_str()))
                .with_some("s3:x-amz-metadata-directive", directive)
        })?);
        if input.copies_tags() && source.has_tags(view.state()) {
            let bucket = view.state().bucket(&input.bucket)?;
            asks.push(source.tags_ask(view)?);
            asks.push(ask::on_object("s3:PutObjectTagging", bucket, &input.key, view));
        }
        Ok(asks)
    }

    /// Bytes are read only for a checksum that the source does not have.
    fn receive(
        _: &Permit<Self>,
        input: &Input,
        act: &mut Act<'_, S3>,
    ) -> Result<Option<Receiving>, Fault> {
        let source = input.source()?;
        let (_, version) = find(&source, act)?;
        let original = source.object(&version)?;
        let Some(sum) = copying::other_sum(original, input.checksum_algorithm.as_deref()) else {
            return Ok(None);
        };
        let to = input.check(&source, act)?;
        input.about(original, act)?;
        let original = source.original(None, act)?;
        let (envelope, opened) = &seals::make(&to, &input.key, input.said().wish, act)?;
        let arn = &to.object_arn(&input.key);
        let to = Target { arn, envelope: envelope.clone(), opened, sum };
        bodies::receiving(to, Some(original), act).map(Some)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, S3>) -> Result<Output, Fault> {
        let source = input.source()?;
        let (from, version) = find(&source, act)?;
        let original = source.object(&version)?;
        let to = input.check(&source, act)?;
        let about = input.about(original, act)?;
        let sum = copying::other_sum(original, input.checksum_algorithm.as_deref());
        let object = match (bodies::arrived(act)?, sum) {
            (Some(arrived), Some(sum)) if arrived.is_of(&version) => {
                arrived.object(about, sum, act)?
            }
            (None, None) => input.shared(&source, (&from, original), &to, about, act)?,
            // The source was written anew since its bytes were read, or were not to be read.
            _ => return Err(object_fault::aborted()),
        };
        let mut output = output(&object, act.now_ms());
        output.copy_source_version_id = shown(&from, &version);
        output.version_id = bodies::write((&input.bucket, &input.key), Some(object), act);
        output.expiration = act.read().expiration(&input.bucket, &input.key);
        Ok(output)
    }
}

/// The bucket and the version that is copied. A whole copy is told less of a bad version than a copy of
/// a part (recorded, see `invalid_source_version`).
fn find(source: &Source<'_>, act: &Act<'_, S3>) -> Result<(Bucket, Version), Fault> {
    let is_given = source.version.as_ref().is_some_and(|version| !version.is_empty());
    source.find(act).map_err(|fault| match fault.code {
        "InvalidArgument" if is_given => invalid_request("Invalid Request"),
        _ => fault,
    })
}
