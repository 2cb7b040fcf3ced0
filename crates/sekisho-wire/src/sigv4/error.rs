//! Why a signature is refused: facts, without AWS's wording.

use thiserror::Error;

use super::date::AmzDate;

/// A refusal. The messages here are for our own logs; what the caller is told is
/// [`SignatureError::answer`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SignatureError {
    /// Nobody signed, and the operation needs a caller.
    #[error("the request is not signed")]
    Anonymous,
    /// Signed in the header and in the query at once.
    #[error("the request is signed in its `Authorization` header and in its query: send one")]
    Both {
        /// The `Authorization` header.
        authorization: String,
    },
    /// Signature Version 2, which AWS no longer takes in new regions.
    #[error("the request is signed with Signature Version 2: use `AWS4-HMAC-SHA256`")]
    Version2,
    /// Some other mechanism: `Basic`, `Bearer`, or no mechanism at all.
    #[error("the `Authorization` header is not of `AWS4-HMAC-SHA256`")]
    Foreign {
        /// The `Authorization` header.
        authorization: String,
    },
    /// An algorithm of Signature Version 4 that is not served, as `AWS4-ECDSA-P256-SHA256` (4A).
    #[error("the signature's algorithm `{given}` is not served: use `AWS4-HMAC-SHA256`")]
    Algorithm {
        /// The algorithm.
        given: String,
        /// Whether it stands in the query.
        presigned: bool,
    },
    /// Parts of the signature are not there.
    #[error("the signature lacks {}", .0.names.join(", "))]
    Incomplete(Missing),
    /// A part of the `Authorization` header is no `name=value`, comes twice, or is too long.
    #[error("the part `{given}` of the signature cannot be read")]
    Part {
        /// The part.
        given: String,
        /// Whether it stands in the query.
        presigned: bool,
    },
    /// The credential has not its five parts.
    #[error("the credential `{given}` is not `key/day/region/service/aws4_request`")]
    Credential {
        /// The credential.
        given: String,
        /// Whether it stands in the query.
        presigned: bool,
    },
    /// The credential's scope is not the one of this endpoint and date.
    #[error("the credential's scope is of another endpoint or day")]
    Scope(Box<ScopeFault>),
    /// The date cannot be read, or there is none.
    #[error("the date `{given}` is not in ISO 8601's basic form")]
    Date {
        /// The date.
        given: String,
        /// Whether it stands in the query.
        presigned: bool,
    },
    /// The date is too far from ours.
    #[error("the request was signed at `{}`, too far from this clock", date.text())]
    Skewed {
        /// The request's date.
        date: AmzDate,
        /// Our clock, in milliseconds since 1970.
        now: i64,
        /// The most that the two may differ, in milliseconds.
        skew: i64,
    },
    /// `X-Amz-Expires` is no number of seconds.
    #[error("the presigned URL's `X-Amz-Expires` is not a number of seconds")]
    ExpiresNotANumber,
    /// `X-Amz-Expires` is negative.
    #[error("the presigned URL's `X-Amz-Expires` is negative")]
    ExpiresNegative,
    /// `X-Amz-Expires` is more than a week.
    #[error("the presigned URL's `X-Amz-Expires` is more than a week")]
    ExpiresTooLong,
    /// The presigned URL is of the past, or of the future.
    #[error("the presigned URL of `{}` is not valid now", date.text())]
    Lapsed {
        /// The request's date.
        date: AmzDate,
        /// For how many seconds it is valid.
        expires: i64,
        /// Our clock, in milliseconds since 1970.
        now: i64,
    },
    /// Headers that must be signed are not.
    #[error("the headers {} must be signed", names.join(", "))]
    Unsigned {
        /// Their names, in lower case.
        names: Vec<String>,
    },
    /// S3's `x-amz-content-sha256` is not there.
    #[error("the header `x-amz-content-sha256` is missing")]
    NoContentSha256,
    /// S3's `x-amz-content-sha256` is no hash and no word that is served.
    #[error("the header `x-amz-content-sha256` cannot be `{given}`")]
    ContentSha256 {
        /// The value.
        given: String,
    },
    /// The body has not the hash that was declared.
    #[error("the body has not the hash `{declared}` that was declared")]
    BodyHash {
        /// What `x-amz-content-sha256` says.
        declared: String,
        /// What the body has.
        computed: String,
    },
    /// There is no such access key.
    #[error("there is no access key `{id}`")]
    UnknownKey {
        /// The id.
        id: String,
    },
    /// The session token is not the one of this key, or there should be none.
    #[error("the session token is not of this access key")]
    InvalidToken {
        /// The token.
        token: String,
    },
    /// The session is over.
    #[error("the session is over")]
    ExpiredToken {
        /// The token.
        token: String,
    },
    /// The signature is another one.
    #[error("the signature of `{}` does not match", .0.access_key_id)]
    Mismatch(Box<Evidence>),
}

/// The parts of a signature that are not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Their names, as they are spelled where they should stand.
    pub names: Vec<&'static str>,
    /// Whether there is neither `X-Amz-Date` nor `Date`.
    pub date: bool,
    /// The `Authorization` header; `None` for a presigned URL.
    pub authorization: Option<String>,
}

/// A credential's scope, beside the one that is right here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeFault {
    /// The credential.
    pub given: super::Credential,
    /// The date of the request.
    pub date: AmzDate,
    /// The endpoint's region.
    pub region: String,
    /// The endpoint's service.
    pub service: String,
    /// Whether the credential stands in the query.
    pub presigned: bool,
}

/// What a caller needs to find out why the signatures differ. It holds no secret: all of it is made
/// from the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Whose key it claims to be.
    pub access_key_id: String,
    /// What should have been signed.
    pub string_to_sign: String,
    /// What was given as the signature.
    pub provided: String,
    /// The canonical request behind it.
    pub canonical_request: Vec<u8>,
}
