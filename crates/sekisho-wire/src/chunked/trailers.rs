//! The trailers of a body: exactly those that `x-amz-trailer` names, and their signature.

use super::ChunkError;

/// The most trailers: S3 takes one checksum; the rest is room.
const MAX_TRAILERS: usize = 8;

/// The trailer that signs the others.
const SIGNATURE: &str = "x-amz-trailer-signature";

/// The trailers that are still to come, and those that came.
#[derive(Debug)]
pub(super) struct Trailers {
    expected: Vec<String>,
    signed: Vec<u8>,
    signature: Option<String>,
}

/// A line of the trailers.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trailer {
    /// A trailer's name, in lower case, and its value.
    Field(String, String),
    /// The signature, which is nobody's business but the decoder's.
    Signature,
}

impl Trailers {
    /// The trailers that the `x-amz-trailer` header names, separated by commas.
    pub(super) fn named(header: &str) -> Result<Self, ChunkError> {
        let names = header.split(',').map(str::trim).filter(|name| !name.is_empty());
        let expected: Vec<_> = names.map(str::to_ascii_lowercase).collect();
        if expected.len() > MAX_TRAILERS {
            return Err(ChunkError::Trailer);
        }
        Ok(Self { expected, signed: Vec::new(), signature: None })
    }

    /// Reads a line. A trailer that was not named, comes twice, or comes after the signature is refused.
    pub(super) fn read(&mut self, line: &[u8]) -> Result<Trailer, ChunkError> {
        let line = std::str::from_utf8(line).map_err(|_| ChunkError::Trailer)?;
        let (name, value) = line.split_once(':').ok_or(ChunkError::Trailer)?;
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().to_owned());
        if self.signature.is_some() {
            return Err(ChunkError::Trailer);
        }
        if name == SIGNATURE {
            self.signature = Some(value);
            return Ok(Trailer::Signature);
        }
        let place = self.expected.iter().position(|expected| *expected == name);
        self.expected.remove(place.ok_or(ChunkError::Trailer)?);
        self.signed.extend_from_slice(format!("{name}:{value}\n").as_bytes());
        Ok(Trailer::Field(name, value))
    }

    /// Whether every named trailer came.
    pub(super) fn is_complete(&self) -> bool {
        self.expected.is_empty()
    }

    /// What is signed, and the signature if it came.
    pub(super) fn signed(&self) -> (&[u8], Option<&str>) {
        (&self.signed, self.signature.as_deref())
    }
}
