//! The faults of S3 on buckets. Codes and texts as recorded from S3 or reported by its users; the
//! documentation's wording is younger than the wire's.

use sekisho_iam::Caller;

use super::state::Bucket;
use crate::fault::Fault;

/// The header that tells clients where a bucket is. S3 sends it with redirects, denials and keys that
/// are missing, so that a client that guessed wrong can go there.
pub(super) const REGION_HEADER: &str = "x-amz-bucket-region";

/// A fault of S3: all but a few are not in the model, so that the status is always said.
pub(super) fn fault(code: &'static str, status: u16, text: impl Into<String>) -> Fault {
    Fault::new(code, text).with_status(status)
}

/// The same with the bucket.
fn on_bucket(code: &'static str, status: u16, text: &str, name: &str) -> Fault {
    fault(code, status, text).with("BucketName", name)
}

/// A name that no bucket can have.
pub(super) fn invalid_name(name: &str) -> Fault {
    on_bucket("InvalidBucketName", 400, "The specified bucket is not valid.", name)
}

/// There is no such bucket.
pub(super) fn no_bucket(name: &str) -> Fault {
    on_bucket("NoSuchBucket", 404, "The specified bucket does not exist", name)
}

/// The name is taken by somebody else.
pub(super) fn name_taken(name: &str) -> Fault {
    let text = "The requested bucket name is not available. The bucket namespace is shared by all \
                users of the system. Please select a different name and try again.";
    on_bucket("BucketAlreadyExists", 409, text, name)
}

/// The caller has this bucket already.
pub(super) fn already_owned(name: &str) -> Fault {
    let text = "Your previous request to create the named bucket succeeded and you already own it.";
    on_bucket("BucketAlreadyOwnedByYou", 409, text, name)
}

/// There are as many buckets as an account may have.
pub(super) fn too_many_buckets() -> Fault {
    fault("TooManyBuckets", 400, "You have attempted to create more buckets than allowed")
}

/// There is something in the bucket.
pub(super) fn not_empty(bucket: &Bucket) -> Fault {
    let text = if bucket.versioning == super::state::Versioning::Off {
        "The bucket you tried to delete is not empty"
    } else {
        "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
    };
    on_bucket("BucketNotEmpty", 409, text, &bucket.name)
}

/// A region that a bucket cannot be asked to be in.
pub(super) fn invalid_location(region: &str) -> Fault {
    let text = "The specified location-constraint is not valid";
    fault("InvalidLocationConstraint", 400, text).with("LocationConstraint", region)
}

/// A region other than that of the endpoint; `None`: none was given.
pub(super) fn illegal_location(region: Option<&str>) -> Fault {
    let which = region.map_or("unspecified".to_owned(), str::to_owned);
    let text = format!(
        "The {which} location constraint is incompatible for the region specific endpoint this \
         request was sent to."
    );
    fault("IllegalLocationConstraintException", 400, text)
}

/// XML that says nothing that S3 knows.
pub(super) fn malformed_xml() -> Fault {
    let text = "The XML you provided was not well-formed or did not validate against our \
                published schema";
    fault("MalformedXML", 400, text)
}

/// An argument that is refused.
pub(super) fn invalid_argument(name: &str, value: &str, text: impl Into<String>) -> Fault {
    fault("InvalidArgument", 400, text).with("ArgumentName", name).with("ArgumentValue", value)
}

/// A request that is refused.
pub(super) fn invalid_request(text: impl Into<String>) -> Fault {
    fault("InvalidRequest", 400, text)
}

/// A refusal that gives no reason.
pub(super) fn denied() -> Fault {
    Fault { denial: true, ..fault("AccessDenied", 403, "Access Denied") }
}

/// What S3 Block Public Access prevents: `public policies`, `BlockPublicPolicy`.
pub(super) fn prevented(
    caller: &Caller,
    action: &str,
    arn: &str,
    what: &str,
    setting: &str,
) -> Fault {
    let text = format!(
        "User: {caller} is not authorized to perform: {action} on resource: \"{arn}\" because \
         public {what} are prevented by the {setting} setting in S3 Block Public Access."
    );
    Fault { denial: true, ..fault("AccessDenied", 403, text) }
}

/// `x-amz-expected-bucket-owner` that is no account.
pub(super) fn owner_is_no_account(given: &str) -> Fault {
    let text = format!(
        "The value of the expected bucket owner parameter must be an AWS Account ID... [{given}]"
    );
    fault("InvalidBucketOwnerAWSAccountID", 400, text)
}

/// An operation that only the owner's account may carry out, whoever else is allowed to.
pub(super) fn not_by_strangers(method: &str) -> Fault {
    let text = "The specified method is not allowed against this resource.";
    fault("MethodNotAllowed", 405, text).with("Method", method).with("ResourceType", "BUCKETPOLICY")
}

/// The signature names another region than the bucket's.
pub(super) fn wrong_region(signed: &str, right: &str) -> Fault {
    let text = format!(
        "The authorization header is malformed; the region '{signed}' is wrong; expecting '{right}'"
    );
    let fault = fault("AuthorizationHeaderMalformed", 400, text).with("Region", right);
    fault.with_header(REGION_HEADER, right)
}

/// The bucket is to be asked elsewhere; the SDKs go where the header says.
pub(super) fn elsewhere(bucket: &Bucket) -> Fault {
    let text = "The bucket you are attempting to access must be addressed using the specified \
                endpoint. Please send all future requests to this endpoint.";
    fault("PermanentRedirect", 301, text)
        .with("Endpoint", format!("{}.s3.{}.amazonaws.com", bucket.name, bucket.region))
        .with("Bucket", bucket.name.as_str())
        .with_header(REGION_HEADER, bucket.region.as_str())
}

/// A setting that the bucket does not have.
pub(super) fn not_set(code: &'static str, text: &str, name: &str) -> Fault {
    on_bucket(code, 404, text, name)
}
