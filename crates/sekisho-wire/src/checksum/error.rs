//! What is wrong with a checksum, in S3's words.
//!
//! Sources: "Error responses" (Amazon S3 API Reference); the sentences as S3 sends them, from
//! versitygw's error tables (2026, tested against S3), openstack/swift's S3 test suite (run against S3)
//! for `x-amz-sdk-checksum-algorithm`, and basho/riak_cs#624 and versity/versitygw#2034 for
//! `Content-MD5`. `XAmzContentChecksumMismatch` is `MinIO`'s code, not S3's: S3 says `BadDigest`.

use base64::{Engine, engine::general_purpose::STANDARD};
use thiserror::Error;

use super::{Algorithm, Checksum, Kind};
use crate::sigv4::Answer;

/// A refusal for the sake of a checksum.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChecksumError {
    /// The body has another checksum than the one that was declared.
    #[error("the body's {} is not the one that was declared", declared.algorithm().name())]
    Mismatch {
        /// What was declared.
        declared: Checksum,
        /// What the body has.
        computed: Checksum,
    },
    /// `Content-MD5` is no base64 of 16 bytes.
    #[error("`Content-MD5` cannot be `{given}`")]
    Md5 {
        /// The value.
        given: String,
    },
    /// A header's value cannot be.
    #[error("the value of `{header}` is not valid")]
    Value {
        /// The header.
        header: &'static str,
        /// Whether it is a trailer.
        trailer: bool,
    },
    /// More than one checksum was declared.
    #[error("more than one checksum is declared")]
    Several,
    /// An `x-amz-checksum-` header of an algorithm that there is not.
    #[error("there is no algorithm of the header `{header}`")]
    Unknown {
        /// The header.
        header: String,
    },
    /// `x-amz-trailer` names something that is no checksum.
    #[error("`x-amz-trailer` names no checksum")]
    TrailerName,
    /// `x-amz-sdk-checksum-algorithm` names an algorithm, and no checksum is declared.
    #[error("`x-amz-sdk-checksum-algorithm` names an algorithm, and no checksum is declared")]
    NotDeclared,
    /// `x-amz-checksum-algorithm` names an algorithm that there is not.
    #[error("there is no algorithm `{given}`")]
    Algorithm {
        /// The name.
        given: String,
    },
    /// `x-amz-checksum-type` without `x-amz-checksum-algorithm`.
    #[error("`x-amz-checksum-type` needs `x-amz-checksum-algorithm`")]
    KindAlone,
    /// The algorithm has no multipart checksum of this kind.
    #[error("a multipart upload's {} cannot be {}", algorithm.name(), kind.name())]
    Kind {
        /// The algorithm.
        algorithm: Algorithm,
        /// The kind.
        kind: Kind,
    },
}

impl ChecksumError {
    /// The refusal in S3's words.
    pub fn answer(&self) -> Answer {
        match self {
            Self::Mismatch { declared, computed } => mismatch(declared, computed),
            Self::Md5 { given } => {
                Answer::new(400, "InvalidDigest", "The Content-MD5 you specified was invalid.")
                    .with("Content-MD5", given.as_str())
            }
            other => Answer::new(400, "InvalidRequest", other.sentence()),
        }
    }

    /// The sentences of `InvalidRequest`.
    fn sentence(&self) -> String {
        match self {
            Self::Value { header, trailer: false } => format!("Value for {header} header is invalid."),
            Self::Value { header, .. } => format!("Value for {header} trailing header is invalid."),
            Self::Several => {
                "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."
                    .to_owned()
            }
            Self::Unknown { .. } => {
                "The algorithm type you specified in x-amz-checksum- header is invalid.".to_owned()
            }
            Self::TrailerName => {
                "The value specified in the x-amz-trailer header is not supported".to_owned()
            }
            Self::NotDeclared => "x-amz-sdk-checksum-algorithm specified, but no corresponding \
                 x-amz-checksum-* or x-amz-trailer headers were found."
                .to_owned(),
            Self::Algorithm { .. } => format!(
                "Checksum algorithm provided is unsupported. Please try again with any of the valid \
                 types: [{}]",
                Algorithm::named().map(Algorithm::name).collect::<Vec<_>>().join(", ")
            ),
            Self::KindAlone => "The x-amz-checksum-type header can only be used with the \
                 x-amz-checksum-algorithm header."
                .to_owned(),
            Self::Kind { algorithm, kind } => format!(
                "The {} checksum type cannot be used with the {} checksum algorithm.",
                kind.name(),
                algorithm.name().to_lowercase()
            ),
            Self::Mismatch { .. } | Self::Md5 { .. } => self.to_string(),
        }
    }
}

/// S3 shows both sums of `Content-MD5`, and neither of the others.
fn mismatch(declared: &Checksum, computed: &Checksum) -> Answer {
    if declared.algorithm() == Algorithm::Md5 {
        let message = "The Content-MD5 you specified did not match what we received.";
        return Answer::new(400, "BadDigest", message)
            .with("CalculatedDigest", STANDARD.encode(computed.bytes()))
            .with("ExpectedDigest", hex::encode(declared.bytes()));
    }
    let name = declared.algorithm().name();
    let message = format!("The {name} you specified did not match the calculated checksum.");
    Answer::new(400, "BadDigest", message)
}
