//! What a refused caller is told, and S3's wording of it.
//!
//! Sources: "Error responses" (Amazon S3 API Reference) for codes and statuses; the sentences and the
//! extra elements as S3 sent them, recorded in public issues: `AuthorizationHeaderMalformed` with
//! `Region` (jsoma/flatware#10), `RequestTimeTooSkewed` (versity/versitygw#1514, aws/aws-sdk-php#612),
//! `Request has expired` (aws/aws-sdk-php#1333), `Request is not yet valid` (minio/minio#2638),
//! `X-Amz-Expires` (bryanjos/aws_auth#31), `SignatureDoesNotMatch` (aws-amplify/aws-sdk-ios#2236),
//! `HeadersNotSigned`, `InvalidToken` (boto/boto3#4268) and, tested against S3 itself, versitygw's
//! error tables (`s3err`, 2026).

use super::{
    claim::Dialect,
    date,
    error::{Evidence, Missing, ScopeFault, SignatureError},
};

/// A refusal as AWS words it: for the protocol's writer to put on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The error code.
    pub code: &'static str,
    /// The message.
    pub message: String,
    /// Further elements of S3's `Error`, in order.
    pub details: Vec<(&'static str, String)>,
}

impl Answer {
    /// An answer without details.
    pub(crate) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), details: Vec::new() }
    }

    /// Adds an element.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.details.push((name, value.into()));
        self
    }
}

impl SignatureError {
    /// The refusal in the words of a dialect.
    pub fn answer(&self, dialect: Dialect) -> Answer {
        match dialect {
            Dialect::S3 => s3(self),
            Dialect::Query | Dialect::Json | Dialect::RestJson => {
                super::coral::answer(self, dialect)
            }
        }
    }
}

const MECHANISM: &str =
    "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";
const ONE_MECHANISM: &str = "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, \
     Signature query string parameter or the Authorization header should be specified";
const SIX_PARAMETERS: &str = "Query-string authentication version 4 requires the X-Amz-Algorithm, \
     X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.";
const FIVE_PARTS: &str = r#"the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request"."#;
const NO_DATE: &str = "AWS authentication requires a valid Date or x-amz-date header";
const ISO_DATE: &str = r#"X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'""#;
const A_WEEK: &str = "X-Amz-Expires must be less than a week (in seconds); that is, the given \
     X-Amz-Expires must be less than 604800 seconds";
const HASH_WORDS: &str = "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, \
     STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, \
     STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.";
const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. \
     Check your key and signing method.";

fn s3(error: &SignatureError) -> Answer {
    use SignatureError as E;
    match error {
        E::Anonymous => Answer::new(403, "AccessDenied", "Access Denied"),
        E::Both { authorization } => argument(ONE_MECHANISM, "Authorization", authorization),
        E::Version2 | E::Algorithm { presigned: false, .. } => {
            Answer::new(400, "InvalidRequest", MECHANISM)
        }
        E::Foreign { authorization } => foreign(authorization),
        E::Algorithm { .. } => parameters(r#"X-Amz-Algorithm only supports "AWS4-HMAC-SHA256""#),
        E::Incomplete(missing) => incomplete(missing),
        E::Part { given, presigned: false } => {
            malformed(&format!(r#"the authorization component "{given}" is malformed."#))
        }
        E::Part { .. } => parameters(SIX_PARAMETERS),
        E::Credential { presigned, .. } => credential(*presigned, FIVE_PARTS),
        E::Scope(fault) => scope(fault),
        E::Date { presigned: false, .. } => Answer::new(403, "AccessDenied", NO_DATE),
        E::Date { .. } => parameters(ISO_DATE),
        E::Skewed { .. } | E::Lapsed { .. } => time(error),
        E::ExpiresNotANumber => parameters("X-Amz-Expires should be a number"),
        E::ExpiresNegative => parameters("X-Amz-Expires must be non-negative"),
        E::ExpiresTooLong => parameters(A_WEEK),
        E::Unsigned { names } => {
            let message = "There were headers present in the request which were not signed";
            Answer::new(403, "AccessDenied", message).with("HeadersNotSigned", names.join(", "))
        }
        E::NoContentSha256 => {
            let message = "Missing required header for this request: x-amz-content-sha256";
            Answer::new(400, "InvalidRequest", message)
        }
        E::ContentSha256 { given } => argument(HASH_WORDS, "x-amz-content-sha256", given),
        E::BodyHash { declared, computed } => body_hash(declared, computed),
        E::UnknownKey { .. } | E::InvalidToken { .. } | E::ExpiredToken { .. } => identity(error),
        E::Mismatch(evidence) => mismatch(evidence),
    }
}

fn argument(message: &str, name: &str, value: &str) -> Answer {
    Answer::new(400, "InvalidArgument", message)
        .with("ArgumentName", name)
        .with("ArgumentValue", value)
}

fn malformed(what: &str) -> Answer {
    let message = format!("The authorization header is malformed; {what}");
    Answer::new(400, "AuthorizationHeaderMalformed", message)
}

fn parameters(message: &str) -> Answer {
    Answer::new(400, "AuthorizationQueryParametersError", message)
}

/// Both places have their own opening for the same complaint about the credential.
fn credential(presigned: bool, what: &str) -> Answer {
    match presigned {
        true => parameters(&format!("Error parsing the X-Amz-Credential parameter; {what}")),
        false => malformed(what),
    }
}

fn foreign(authorization: &str) -> Answer {
    let message = match authorization.contains(' ') {
        true => "Unsupported Authorization Type",
        false => "Authorization header is invalid -- one and only one ' ' (space) required",
    };
    argument(message, "Authorization", authorization)
}

fn incomplete(missing: &Missing) -> Answer {
    match (&missing.authorization, missing.names.is_empty()) {
        (None, _) => parameters(SIX_PARAMETERS),
        (Some(_), true) => Answer::new(403, "AccessDenied", NO_DATE),
        (Some(_), false) => malformed(
            "the authorization header requires three components: Credential, SignedHeaders, and Signature.",
        ),
    }
}

/// S3 names one fault of a scope, in this order.
fn scope(fault: &ScopeFault) -> Answer {
    let ScopeFault { given, date, region, service, presigned } = fault;
    let wrong = |what: &str| credential(*presigned, what);
    if given.service != *service {
        let given = &given.service;
        return wrong(&format!(
            r#"incorrect service "{given}". This endpoint belongs to "{service}"."#
        ));
    }
    if given.terminator != super::credential::TERMINATOR {
        let given = &given.terminator;
        return wrong(&format!(
            r#"incorrect terminal "{given}". This endpoint uses "aws4_request"."#
        ));
    }
    if given.day.len() != 8 || !given.day.bytes().all(|byte| byte.is_ascii_digit()) {
        let given = &given.day;
        let form = r#"This date in the credential must be in the format "yyyyMMdd"."#;
        return wrong(&format!(r#"incorrect date format "{given}". {form}"#));
    }
    if given.region != *region {
        let given = &given.region;
        return wrong(&format!("the region '{given}' is wrong; expecting '{region}'"))
            .with("Region", region.as_str());
    }
    match presigned {
        true => parameters(&format!(
            r#"Invalid credential date "{}". This date is not the same as X-Amz-Date: "{}"."#,
            given.day,
            date.day()
        )),
        false => malformed("Invalid credential date. Date is not the same as X-Amz-Date."),
    }
}

fn time(error: &SignatureError) -> Answer {
    match error {
        SignatureError::Skewed { date, now, skew } => {
            let message =
                "The difference between the request time and the current time is too large.";
            Answer::new(403, "RequestTimeTooSkewed", message)
                .with("RequestTime", date.text())
                .with("ServerTime", date::extended(*now))
                .with("MaxAllowedSkewMilliseconds", skew.to_string())
        }
        SignatureError::Lapsed { date, expires, now } => {
            lapsed(date.milliseconds(), *expires, *now)
        }
        _ => Answer::new(403, "AccessDenied", "Access Denied"),
    }
}

fn lapsed(signed: i64, expires: i64, now: i64) -> Answer {
    let until = signed.saturating_add(expires.saturating_mul(1000));
    let answer = match now < signed {
        true => Answer::new(403, "AccessDenied", "Request is not yet valid")
            .with("X-Amz-Date", signed.to_string()),
        false => Answer::new(403, "AccessDenied", "Request has expired")
            .with("X-Amz-Expires", expires.to_string()),
    };
    answer.with("Expires", date::extended(until)).with("ServerTime", date::extended(now))
}

fn body_hash(declared: &str, computed: &str) -> Answer {
    let message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    Answer::new(400, "XAmzContentSHA256Mismatch", message)
        .with("ClientComputedContentSHA256", declared)
        .with("S3ComputedContentSHA256", computed)
}

fn identity(error: &SignatureError) -> Answer {
    match error {
        SignatureError::UnknownKey { id } => {
            let message = "The AWS Access Key Id you provided does not exist in our records.";
            Answer::new(403, "InvalidAccessKeyId", message).with("AWSAccessKeyId", id.as_str())
        }
        SignatureError::ExpiredToken { token } => {
            Answer::new(400, "ExpiredToken", "The provided token has expired.")
                .with("Token-0", token.as_str())
        }
        SignatureError::InvalidToken { token } => {
            let message = "The provided token is malformed or otherwise invalid.";
            Answer::new(400, "InvalidToken", message).with("Token-0", token.as_str())
        }
        _ => Answer::new(403, "AccessDenied", "Access Denied"),
    }
}

impl Evidence {
    /// The refusal in S3's words: it shows what it would have signed, as text and as bytes.
    pub(crate) fn answer(&self) -> Answer {
        mismatch(self)
    }
}

fn mismatch(evidence: &Evidence) -> Answer {
    let Evidence { access_key_id, string_to_sign, provided, canonical_request } = evidence;
    Answer::new(403, "SignatureDoesNotMatch", MISMATCH)
        .with("AWSAccessKeyId", access_key_id.as_str())
        .with("StringToSign", string_to_sign.as_str())
        .with("SignatureProvided", provided.as_str())
        .with("StringToSignBytes", bytes(string_to_sign.as_bytes()))
        .with("CanonicalRequest", String::from_utf8_lossy(canonical_request))
        .with("CanonicalRequestBytes", bytes(canonical_request))
}

fn bytes(text: &[u8]) -> String {
    text.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}
