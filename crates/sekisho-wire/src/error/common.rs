//! Errors that every service has and no model lists, as each family of services spells them.
//!
//! Sources: "Common Errors" in the API references of KMS, IAM and S3; the status of a refusal is 400 in
//! awsJson and 403 everywhere else, SQS (awsJson, but compatible with query) included.

use super::WireError;
use crate::model::{Protocol, Service};

/// An error that every service has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Common {
    /// The caller may not do this.
    AccessDenied,
    /// The access key or the session token is not known.
    UnknownKey,
    /// The signature is not that of the request.
    BadSignature,
    /// The signature's header or query string is not complete.
    IncompleteSignature,
    /// The request is not signed.
    NotSigned,
    /// The session has ended.
    ExpiredToken,
    /// The clock of the sender is too far off.
    Skewed,
    /// An input is outside of its bounds.
    Invalid,
    /// Too many requests.
    Throttled,
    /// The server failed.
    Internal,
    /// The server is not able to answer now.
    Unavailable,
}

impl Common {
    /// The code with JSON (and CBOR), with query, with S3, and the status where it is not JSON's 400.
    const fn spellings(self) -> (&'static str, &'static str, &'static str, u16) {
        match self {
            Self::AccessDenied => ("AccessDeniedException", "AccessDenied", "AccessDenied", 403),
            Self::UnknownKey => {
                ("UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId", 403)
            }
            Self::BadSignature => {
                let code = "SignatureDoesNotMatch";
                ("InvalidSignatureException", code, code, 403)
            }
            Self::IncompleteSignature => (
                "IncompleteSignatureException",
                "IncompleteSignature",
                "AuthorizationHeaderMalformed",
                400,
            ),
            Self::NotSigned => (
                "MissingAuthenticationTokenException",
                "MissingAuthenticationToken",
                "AccessDenied",
                403,
            ),
            Self::ExpiredToken => ("ExpiredTokenException", "ExpiredToken", "ExpiredToken", 403),
            Self::Skewed => {
                ("InvalidSignatureException", "SignatureDoesNotMatch", "RequestTimeTooSkewed", 403)
            }
            Self::Invalid => ("ValidationException", "ValidationError", "InvalidArgument", 400),
            Self::Throttled => ("ThrottlingException", "Throttling", "SlowDown", 400),
            Self::Internal => ("InternalFailure", "InternalFailure", "InternalError", 500),
            Self::Unavailable => {
                ("ServiceUnavailableException", "ServiceUnavailable", "ServiceUnavailable", 503)
            }
        }
    }

    /// The code on the wire of a query service: what `x-amzn-query-error` says for a code with JSON.
    pub(super) fn query_code(json: &str) -> Option<&'static str> {
        const ALL: [Common; 10] = [
            Common::AccessDenied,
            Common::UnknownKey,
            Common::BadSignature,
            Common::IncompleteSignature,
            Common::NotSigned,
            Common::ExpiredToken,
            Common::Invalid,
            Common::Throttled,
            Common::Internal,
            Common::Unavailable,
        ];
        ALL.into_iter()
            .map(Common::spellings)
            .find(|(code, ..)| *code == json)
            .map(|(_, code, ..)| code)
    }
}

impl WireError {
    /// An error that every service has, as this one spells it.
    pub fn common(
        common: Common,
        service: &Service,
        protocol: Protocol,
        message: impl Into<String>,
    ) -> Self {
        let (json, query, s3, status) = common.spellings();
        let code = match protocol {
            Protocol::Query => query,
            Protocol::RestXml => s3,
            Protocol::Json | Protocol::RestJson | Protocol::Cbor => json,
        };
        let plain_json = protocol == Protocol::Json && !service.query_compatible;
        let status = match (common, protocol) {
            (Common::Throttled, Protocol::RestXml) => 503,
            (Common::ExpiredToken, Protocol::RestXml) => 400,
            (Common::Throttled, Protocol::RestJson) => 429,
            _ if plain_json && status < 500 => 400,
            _ => status,
        };
        Self { sender_fault: status < 500, ..Self::sender(code, status, message) }
    }
}
