//! The algorithms, as data.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::ChecksumError;

/// An algorithm that a request may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// CRC-32 of ISO-HDLC: zip's and Ethernet's.
    Crc32,
    /// CRC-32C of iSCSI.
    Crc32c,
    /// CRC-64 of NVMe: what S3 computes itself where a request says nothing.
    Crc64Nvme,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// MD5: only `Content-MD5` and entity tags.
    Md5,
}

/// What the checksum of a multipart upload is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The checksum of the checksums of the parts.
    Composite,
    /// The checksum of all the bytes, made from those of the parts.
    FullObject,
}

impl Kind {
    /// As `x-amz-checksum-type` says it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Composite => "COMPOSITE",
            Self::FullObject => "FULL_OBJECT",
        }
    }
}

/// What S3 documents of an algorithm.
struct Row {
    algorithm: Algorithm,
    name: &'static str,
    header: &'static str,
    length: usize,
    /// What a multipart upload's checksum may be; the first is the default.
    kinds: &'static [Kind],
}

const ROWS: [Row; 6] = [
    Row {
        algorithm: Algorithm::Crc32,
        name: "CRC32",
        header: "x-amz-checksum-crc32",
        length: 4,
        kinds: &[Kind::Composite, Kind::FullObject],
    },
    Row {
        algorithm: Algorithm::Crc32c,
        name: "CRC32C",
        header: "x-amz-checksum-crc32c",
        length: 4,
        kinds: &[Kind::Composite, Kind::FullObject],
    },
    Row {
        algorithm: Algorithm::Crc64Nvme,
        name: "CRC64NVME",
        header: "x-amz-checksum-crc64nvme",
        length: 8,
        kinds: &[Kind::FullObject],
    },
    Row {
        algorithm: Algorithm::Sha1,
        name: "SHA1",
        header: "x-amz-checksum-sha1",
        length: 20,
        kinds: &[Kind::Composite],
    },
    Row {
        algorithm: Algorithm::Sha256,
        name: "SHA256",
        header: "x-amz-checksum-sha256",
        length: 32,
        kinds: &[Kind::Composite],
    },
    Row {
        algorithm: Algorithm::Md5,
        name: "Content-MD5",
        header: "content-md5",
        length: 16,
        kinds: &[],
    },
];

impl Algorithm {
    /// Those that `x-amz-checksum-..` headers name; MD5 is not among them.
    pub fn named() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.algorithm).filter(|algorithm| *algorithm != Self::Md5)
    }

    /// The algorithm of a name, as `x-amz-sdk-checksum-algorithm` gives it, in whatever case.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::named().find(|algorithm| algorithm.name().eq_ignore_ascii_case(name))
    }

    /// The algorithm of a header's or trailer's name, in lower case.
    pub fn of_header(header: &str) -> Option<Self> {
        Self::named().find(|algorithm| algorithm.header() == header)
    }

    /// Every algorithm has its row (a test sees to it), so the first is only ever its own.
    fn row(self) -> &'static Row {
        let [first, rest @ ..] = &ROWS;
        rest.iter().find(|row| row.algorithm == self).unwrap_or(first)
    }

    /// `CRC32`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// `x-amz-checksum-crc32`.
    pub fn header(self) -> &'static str {
        self.row().header
    }

    /// How many bytes it has.
    pub fn length(self) -> usize {
        self.row().length
    }

    /// What a multipart upload's checksum of it is, if the request does not say.
    pub fn default_kind(self) -> Option<Kind> {
        self.row().kinds.first().copied()
    }

    /// Whether a multipart upload's checksum of it can be of a kind.
    pub fn allows(self, kind: Kind) -> bool {
        self.row().kinds.contains(&kind)
    }
}

/// A checksum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum {
    algorithm: Algorithm,
    bytes: Vec<u8>,
}

impl Checksum {
    /// A checksum of bytes that a hasher made.
    pub(super) fn new(algorithm: Algorithm, bytes: Vec<u8>) -> Self {
        Self { algorithm, bytes }
    }

    /// Reads the base64 of a header; `None` if it is none, or of the wrong length.
    pub fn read(algorithm: Algorithm, text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text).ok()?;
        (bytes.len() == algorithm.length()).then_some(Self { algorithm, bytes })
    }

    /// Its algorithm.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Its bytes; a CRC's come in network order.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its base64, as headers carry it.
    pub fn base64(&self) -> String {
        STANDARD.encode(&self.bytes)
    }

    /// Holds what was computed against this, which was declared.
    ///
    /// # Errors
    /// The two differ.
    pub fn check(&self, computed: &Self) -> Result<(), ChecksumError> {
        if self == computed {
            return Ok(());
        }
        Err(ChecksumError::Mismatch { declared: self.clone(), computed: computed.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_lead_back_to_their_algorithms() {
        assert_eq!(Algorithm::named().count(), 5);
        for row in &ROWS {
            assert_eq!(row.algorithm.name(), row.name);
            let named = row.algorithm != Algorithm::Md5;
            assert_eq!(
                Algorithm::of_name(&row.name.to_lowercase()),
                named.then_some(row.algorithm)
            );
            assert_eq!(Algorithm::of_header(row.header), named.then_some(row.algorithm));
        }
    }

    #[test]
    fn only_whole_base64_is_read() {
        assert!(Checksum::read(Algorithm::Crc32, "AAAAAA==").is_some());
        for text in ["", "AAAAAA", "AAAA", "AAAAAAA=", "????????", "AAAAAA==\n"] {
            assert_eq!(Checksum::read(Algorithm::Crc32, text), None, "{text}");
        }
    }
}
