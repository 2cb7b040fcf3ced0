//! What a signature says of the body: its hash, that it is not covered, or that its chunks are signed.
//!
//! Only S3 lets the caller choose, in `x-amz-content-sha256`. Every other service hashes the body it
//! received, whatever the header says. AWS page: "Authenticating Requests: Using the Authorization
//! Header" (Amazon S3 API Reference), table of `x-amz-content-sha256` values.

use super::{canonical::Signing, error::SignatureError};

/// How the body of a request is covered by its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// The hash of the body as it arrives: every service but S3.
    Computed,
    /// The hash that the caller declared, in lower-case hexadecimal: the body must have it.
    Declared(String),
    /// Not covered.
    Unsigned,
    /// `aws-chunked`; each chunk is signed, and so are the trailers if there are any.
    Signed {
        /// Whether trailers follow the last chunk.
        trailer: bool,
    },
    /// `aws-chunked` without signatures; trailers follow the last chunk.
    UnsignedTrailer,
}

/// The values of `x-amz-content-sha256` that are no hash.
const WORDS: [(&str, Payload); 4] = [
    ("UNSIGNED-PAYLOAD", Payload::Unsigned),
    ("STREAMING-UNSIGNED-PAYLOAD-TRAILER", Payload::UnsignedTrailer),
    ("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", Payload::Signed { trailer: false }),
    ("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", Payload::Signed { trailer: true }),
];

impl Payload {
    /// Reads a value of `x-amz-content-sha256`. The words of Signature Version 4A are refused.
    pub(super) fn read(value: &str) -> Result<Self, SignatureError> {
        if is_sha256(value) {
            return Ok(Self::Declared(value.to_owned()));
        }
        let word = WORDS.iter().find(|(word, _)| *word == value);
        let refused = || SignatureError::ContentSha256 { given: super::credential::clip(value) };
        word.map(|(_, payload)| payload.clone()).ok_or_else(refused)
    }

    /// What stands in the canonical request's last line; `None` where the body must be hashed for it.
    pub fn declared(&self) -> Option<&str> {
        match self {
            Self::Computed => None,
            Self::Declared(hash) => Some(hash),
            other => WORDS.iter().find(|(_, payload)| payload == other).map(|(word, _)| *word),
        }
    }

    /// Whether the body arrives as `aws-chunked`.
    pub fn is_chunked(&self) -> bool {
        matches!(self, Self::Signed { .. } | Self::UnsignedTrailer)
    }

    /// Holds the hash of the body that arrived against the one that was declared.
    ///
    /// # Errors
    /// The two differ.
    pub fn check(&self, computed: &str) -> Result<(), SignatureError> {
        match self {
            Self::Declared(declared) if declared != computed => Err(SignatureError::BodyHash {
                declared: declared.clone(),
                computed: computed.to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// The payload of a request to S3: what the header says or, presigned, the query or nothing.
    pub(super) fn of_s3(declared: Option<&str>, signing: Signing) -> Result<Self, SignatureError> {
        match (declared, signing) {
            (Some(value), _) => Self::read(value),
            (None, Signing::Query) => Ok(Self::Unsigned),
            (None, Signing::Header) => Err(SignatureError::NoContentSha256),
        }
    }
}

fn is_sha256(value: &str) -> bool {
    value.len() == 64 && value.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for (word, payload) in &WORDS {
            assert_eq!(&Payload::read(word).unwrap(), payload);
            assert_eq!(payload.declared(), Some(*word));
        }
        let hash = super::super::EMPTY_SHA256;
        assert_eq!(Payload::read(hash).unwrap().declared(), Some(hash));
    }

    #[test]
    fn other_words_are_refused() {
        let upper = super::super::EMPTY_SHA256.to_uppercase();
        for word in ["", "unsigned-payload", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", &upper] {
            assert!(Payload::read(word).is_err(), "{word}");
        }
    }

    #[test]
    fn a_declared_hash_binds_the_body() {
        let declared = Payload::read(super::super::EMPTY_SHA256).unwrap();
        assert!(declared.check(super::super::EMPTY_SHA256).is_ok());
        assert!(declared.check("00").is_err());
        assert!(Payload::Unsigned.check("00").is_ok());
    }
}
