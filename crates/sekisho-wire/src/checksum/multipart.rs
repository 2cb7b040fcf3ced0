//! The checksum of an upload in parts, from the checksums of its parts.

use super::{
    Algorithm, Checksum, Hasher,
    hasher::{crc, network_order},
};

/// The checksum of a whole object that was uploaded in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// The checksum.
    pub checksum: Checksum,
    /// Of how many parts' checksums it was made; `None` if it is that of all the bytes.
    pub parts: Option<usize>,
}

impl Whole {
    /// As S3 writes it: base64, and `-3` behind it if it was made of three parts' checksums.
    pub fn text(&self) -> String {
        match self.parts {
            Some(parts) => format!("{}-{parts}", self.checksum.base64()),
            None => self.checksum.base64(),
        }
    }
}

/// The checksum of the parts' checksums, one behind the other (`COMPOSITE`). `None` if one of them is
/// of another algorithm.
pub fn composite(algorithm: Algorithm, parts: &[Checksum]) -> Option<Whole> {
    let mut hasher = Hasher::new(algorithm);
    for part in parts {
        if part.algorithm() != algorithm {
            return None;
        }
        hasher.update(part.bytes());
    }
    Some(Whole { checksum: hasher.finish(), parts: Some(parts.len()) })
}

/// The checksum of all the bytes, from the parts' checksums and lengths (`FULL_OBJECT`), without
/// reading the bytes again: what makes CRCs different from hashes. `None` for hashes, and if one of the
/// parts is of another algorithm.
pub fn full_object(algorithm: Algorithm, parts: &[(Checksum, u64)]) -> Option<Whole> {
    let polynomial = crc(algorithm)?;
    let mut remainder = crc_fast::checksum(polynomial, b"");
    for (part, length) in parts {
        if part.algorithm() != algorithm {
            return None;
        }
        let part = part.bytes().iter().fold(0, |sum: u64, byte| sum << 8 | u64::from(*byte));
        remainder = crc_fast::checksum_combine(polynomial, remainder, part, *length);
    }
    let checksum = Checksum::new(algorithm, network_order(algorithm, remainder));
    Some(Whole { checksum, parts: None })
}
