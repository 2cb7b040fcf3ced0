//! What is wrong with a body in chunks, in S3's words.
//!
//! Sources: "Error responses" (Amazon S3 API Reference); the sentences as S3 sends them, from
//! versitygw's error tables (2026), and `InvalidChunkSizeError`'s further elements from
//! jamhall/s3rver, whose numbering was taken from S3: the chunk is the one that follows the bad one.

use thiserror::Error;

use crate::sigv4::{Answer, Evidence};

/// A refusal of a body in chunks.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChunkError {
    /// The framing is broken, or the body ends before it is complete.
    #[error("the body is not well-formed `aws-chunked`, or it ends too early")]
    Incomplete,
    /// The data is longer or shorter than `x-amz-decoded-content-length` says.
    #[error("the body holds {provided} bytes or more, and {expected} were declared")]
    Length {
        /// What was declared.
        expected: u64,
        /// What there is, as far as it was read.
        provided: u64,
    },
    /// A chunk that is not the last has less than 8,192 bytes.
    #[error("chunk {chunk} follows one of {size} bytes, and only the last may have less than 8192")]
    Small {
        /// The number of the chunk after it, from 1.
        chunk: u64,
        /// The size of the small one.
        size: u64,
    },
    /// The trailers are not those that `x-amz-trailer` names, or cannot be read.
    #[error("the trailers are not those that `x-amz-trailer` names")]
    Trailer,
    /// The signature of a chunk or of the trailers is another one.
    #[error("the signature of a chunk does not match")]
    Mismatch(Box<Evidence>),
}

impl ChunkError {
    /// The refusal in S3's words.
    pub fn answer(&self) -> Answer {
        match self {
            Self::Incomplete => {
                Answer::new(400, "IncompleteBody", "The request body terminated unexpectedly")
            }
            Self::Length { expected, provided } => Answer::new(
                400,
                "IncompleteBody",
                "You did not provide the number of bytes specified by the Content-Length HTTP header",
            )
            .with("NumberBytesExpected", expected.to_string())
            .with("NumberBytesProvided", provided.to_string()),
            Self::Small { chunk, size } => Answer::new(
                400,
                "InvalidChunkSizeError",
                "Only the last chunk is allowed to have a size less than 8192 bytes",
            )
            .with("Chunk", chunk.to_string())
            .with("BadChunkSize", size.to_string()),
            Self::Trailer => Answer::new(
                400,
                "MalformedTrailerError",
                "The request contained trailing data that was not well-formed or did not conform to \
                 our published schema.",
            ),
            Self::Mismatch(evidence) => evidence.answer(),
        }
    }
}
