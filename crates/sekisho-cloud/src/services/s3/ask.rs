//! How S3 puts its questions: the bucket is found first, then its owner, its policy and S3 Block
//! Public Access go with every question about it and its objects.
//!
//! Sources: S3 User Guide, "Required permissions for Amazon S3 API operations", "Amazon S3 policy
//! keys", "Verifying bucket ownership with bucket owner condition"; S3 API Reference, "Amazon S3
//! Signature Version 4 authentication specific policy keys". The order (name, existence, region,
//! expected owner, permission) is as observed.

use sekisho_iam::AccountId;
use serde::{Deserialize, Serialize};

use super::state::{Bucket, S3};
use super::{fault, name};
use crate::act::View;
use crate::ask::Ask;
use crate::fault::Fault;
use crate::gate::Frame;

/// The input of operations that name a bucket and nothing more.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct OfBucket {
    /// The bucket.
    pub bucket: String,
    /// The account that must own it.
    pub expected_bucket_owner: Option<String>,
}

impl OfBucket {
    /// The one question of such an operation.
    ///
    /// # Errors
    /// When there is no such bucket, or not here, or not of the expected owner.
    pub(super) fn asks<'a>(
        &self,
        action: &'static str,
        view: &View<'a, S3>,
    ) -> Result<Vec<Ask<'a>>, Fault> {
        asks(action, &self.bucket, self.expected_bucket_owner.as_deref(), view)
    }
}

/// The one question of an operation on a bucket.
///
/// # Errors
/// When there is no such bucket, or not here, or not of the expected owner.
pub(super) fn asks<'a>(
    action: &'static str,
    name: &str,
    expected_owner: Option<&str>,
    view: &View<'a, S3>,
) -> Result<Vec<Ask<'a>>, Fault> {
    let bucket = bucket(name, expected_owner, view)?;
    Ok(vec![on_bucket(action, bucket, view)])
}

/// The bucket that a request means, in this region.
///
/// # Errors
/// When there is no such bucket, or not here, or not of the expected owner.
pub(super) fn bucket<'a>(
    name: &str,
    expected_owner: Option<&str>,
    view: &View<'a, S3>,
) -> Result<&'a Bucket, Fault> {
    let bucket = bucket_anywhere(name, view)?;
    is_here(bucket, view.frame())?;
    is_owned_as_expected(bucket, expected_owner)?;
    Ok(bucket)
}

/// The bucket of this name, in whatever region.
///
/// # Errors
/// When there is none, or the name is none.
pub(super) fn bucket_anywhere<'a>(name: &str, view: &View<'a, S3>) -> Result<&'a Bucket, Fault> {
    if !name::is_well_formed(name) {
        return Err(fault::invalid_name(name));
    }
    view.state().bucket(name)
}

/// Services find a bucket's region by themselves. The global endpoint (`s3.amazonaws.com`) passes a
/// request on to the bucket's region, which then finds that it is signed for another one; the
/// endpoint of a region sends the client away.
fn is_here(bucket: &Bucket, frame: &Frame) -> Result<(), Fault> {
    if by_service(frame) || *bucket.region == *frame.region {
        return Ok(());
    }
    let host = frame.arrival.host.split(':').next().unwrap_or_default();
    let global = host == GLOBAL || host.strip_suffix(GLOBAL).is_some_and(|at| at.ends_with('.'));
    let signed = !frame.arrival.signing.algorithm.is_empty();
    Err(match global && signed {
        true => fault::wrong_region(&frame.region, &bucket.region),
        false => fault::elsewhere(bucket),
    })
}

/// The global endpoint.
const GLOBAL: &str = "s3.amazonaws.com";

/// Holds a bucket against `x-amz-expected-bucket-owner`.
///
/// # Errors
/// When it is no account, or another one.
pub(super) fn is_owned_as_expected(bucket: &Bucket, expected: Option<&str>) -> Result<(), Fault> {
    let Some(expected) = expected else { return Ok(()) };
    let account: AccountId = expected.parse().map_err(|_| fault::owner_is_no_account(expected))?;
    if account == bucket.account { Ok(()) } else { Err(fault::denied()) }
}

/// A question about a bucket.
pub(super) fn on_bucket<'a>(action: &'static str, bucket: &Bucket, view: &View<'a, S3>) -> Ask<'a> {
    of(bucket, view, Ask::to(action).on(bucket.arn()))
}

/// A question about an object of a bucket.
pub(super) fn on_object<'a>(
    action: &'static str,
    bucket: &Bucket,
    key: &str,
    view: &View<'a, S3>,
) -> Ask<'a> {
    of(bucket, view, Ask::to(action).on(bucket.object_arn(key)))
}

/// What goes with every question about a bucket and its objects.
fn of<'a>(bucket: &Bucket, view: &View<'a, S3>, ask: Ask<'a>) -> Ask<'a> {
    let policy = bucket.policy.as_ref();
    let layer = policy.map(|policy| policy.bound.layer(&view.directory()));
    let is_public = policy.is_some_and(|policy| policy.is_public);
    connected(ask, view.frame())
        .owned_by(bucket.account)
        .under(layer)
        .guarded(bucket.public_access.restrict, is_public)
        .denied_with(fault::REGION_HEADER, bucket.region.as_str())
}

/// The condition keys that every request to S3 has: how it is signed, and over what connection it
/// came. A service signs by itself, in headers, and comes over AWS's own connection, whose version
/// of TLS is not told.
pub(super) fn connected<'a>(ask: Ask<'a>, frame: &Frame) -> Ask<'a> {
    if by_service(frame) {
        return ask.with("s3:authType", HEADER).with("s3:signatureversion", SIGNATURE);
    }
    let tls = frame.arrival.tls.as_ref().map(|(version, _)| version.trim_start_matches("TLSv"));
    let ask = ask.with_some("s3:TlsVersion", tls);
    let signing = &frame.arrival.signing;
    if signing.algorithm.is_empty() {
        return ask;
    }
    let sha256 = Some(&*signing.content_sha256).filter(|text| !text.is_empty());
    let ask = ask
        .with("s3:signatureversion", signing.algorithm)
        .with_some("s3:x-amz-content-sha256", sha256);
    match signing.in_query {
        // Requests that are signed in headers have no age (observed).
        true => ask
            .with("s3:authType", "REST-QUERY-STRING")
            .with("s3:signatureAge", signing.age_ms.to_string()),
        false => ask.with("s3:authType", HEADER),
    }
}

const HEADER: &str = "REST-HEADER";
const SIGNATURE: &str = "AWS4-HMAC-SHA256";

fn by_service(frame: &Frame) -> bool {
    frame.internal || !frame.via.is_empty()
}
