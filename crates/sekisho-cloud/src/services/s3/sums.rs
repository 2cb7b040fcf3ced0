//! Checksums of objects and parts: which one is kept, and how requests and replies name it.
//!
//! Sources: S3 User Guide, "Checking object integrity" (without any checksum S3 computes CRC64NVME
//! since December 2024); S3 API Reference, `CreateMultipartUpload`. The shell has held what a client
//! claims against the bytes before an operation acts.

use sekisho_wire::checksum::{Algorithm, Checksum};

use super::object_fault;
use super::state::Sum;
use crate::fault::Fault;
use crate::stream::Received;

/// A struct with the members `ChecksumCRC32` …
pub(super) trait Sums: Sized {
    /// The members, by the names of their algorithms.
    fn sums(&mut self) -> [(Algorithm, &mut Option<String>); 5];

    /// The same with this checksum.
    fn with_sum(mut self, algorithm: &str, value: &str) -> Self {
        for (of, member) in self.sums() {
            if of.name() == algorithm {
                *member = Some(value.to_owned());
            }
        }
        self
    }

    /// The checksum that is claimed.
    fn claimed(&mut self) -> Option<(Algorithm, String)> {
        self.sums().into_iter().find_map(|(of, member)| Some((of, member.clone()?)))
    }
}

/// Gives a struct with the members `crc32` … the trait.
macro_rules! has_sums {
    ($name:ty) => {
        impl $crate::services::s3::sums::Sums for $name {
            fn sums(&mut self) -> [(sekisho_wire::checksum::Algorithm, &mut Option<String>); 5] {
                use sekisho_wire::checksum::Algorithm as A;
                [
                    (A::Crc32, &mut self.crc32),
                    (A::Crc32c, &mut self.crc32c),
                    (A::Crc64Nvme, &mut self.crc64nvme),
                    (A::Sha1, &mut self.sha1),
                    (A::Sha256, &mut self.sha256),
                ]
            }
        }
    };
}

/// A struct with the members `ChecksumCRC32` … behind its own.
macro_rules! with_sums {
    (
        $(#[$about:meta])*
        $vis:vis struct $name:ident { $($(#[$of:meta])* $seen:vis $field:ident: $type:ty,)* }
    ) => {
        $(#[$about])*
        $vis struct $name {
            $($(#[$of])* $seen $field: $type,)*
            /// A checksum, in base64.
            #[serde(rename = "ChecksumCRC32")]
            pub crc32: Option<String>,
            /// A checksum, in base64.
            #[serde(rename = "ChecksumCRC32C")]
            pub crc32c: Option<String>,
            /// A checksum, in base64.
            #[serde(rename = "ChecksumCRC64NVME")]
            pub crc64nvme: Option<String>,
            /// A checksum, in base64.
            #[serde(rename = "ChecksumSHA1")]
            pub sha1: Option<String>,
            /// A checksum, in base64.
            #[serde(rename = "ChecksumSHA256")]
            pub sha256: Option<String>,
        }

        $crate::services::s3::sums::has_sums!($name);
    };
}

pub(super) use {has_sums, with_sums};

/// What S3 computes where a request says nothing.
pub(super) const USUAL: Algorithm = Algorithm::Crc64Nvme;

/// The algorithm that a request names, by itself or by its checksum.
pub(super) fn wanted(named: Option<&str>, claimed: Option<&(Algorithm, String)>) -> Algorithm {
    let claimed = claimed.map(|(algorithm, _)| *algorithm);
    claimed.or_else(|| named.and_then(Algorithm::of_name)).unwrap_or(USUAL)
}

/// The checksum to keep of a body: the one that was wanted, or what a trailer claimed.
pub(super) fn kept(received: &Received, wanted: Algorithm) -> Option<Checksum> {
    let of = |algorithm| received.checksums.iter().find(move |one| one.algorithm() == algorithm);
    let other = received
        .checksums
        .iter()
        .find(|one| one.algorithm() != USUAL && one.algorithm() != Algorithm::Md5);
    let found = if wanted == USUAL { other.or_else(|| of(USUAL)) } else { of(wanted) };
    found.cloned()
}

/// Holds a checksum that was computed against the one that was claimed.
///
/// # Errors
/// When they differ.
pub(super) fn check(claimed: Option<&(Algorithm, String)>, sum: &Sum) -> Result<(), Fault> {
    match claimed {
        Some((algorithm, value)) if algorithm.name() == sum.algorithm && *value != sum.shown() => {
            Err(object_fault::bad_checksum(algorithm.name()))
        }
        _ => Ok(()),
    }
}

impl Sum {
    /// The checksum of all the bytes.
    pub(super) fn whole(checksum: &Checksum) -> Self {
        let algorithm = checksum.algorithm().name().to_owned();
        Self { algorithm, value: checksum.base64(), of_parts: None }
    }

    /// As replies show it: with the count of parts where it is made of theirs.
    pub(super) fn shown(&self) -> String {
        match self.of_parts {
            Some(count) => format!("{}-{count}", self.value),
            None => self.value.clone(),
        }
    }

    /// `COMPOSITE` or `FULL_OBJECT`.
    pub(super) fn kind(&self) -> &'static str {
        if self.of_parts.is_some() { "COMPOSITE" } else { "FULL_OBJECT" }
    }
}
