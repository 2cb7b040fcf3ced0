//! A checksum of what passes by.

use aws_lc_rs::digest;
use crc_fast::CrcAlgorithm;
use md5::Md5;
use sha1::{Digest as _, Sha1};

use super::{Algorithm, Checksum};

/// A checksum that is being made.
#[derive(Clone)]
pub struct Hasher {
    algorithm: Algorithm,
    length: u64,
    state: State,
}

#[derive(Clone)]
enum State {
    Crc(crc_fast::Digest),
    Sha1(Sha1),
    Sha256(digest::Context),
    Md5(Md5),
}

impl Hasher {
    /// A hasher that has seen nothing yet.
    pub fn new(algorithm: Algorithm) -> Self {
        let state = match (crc(algorithm), algorithm) {
            (Some(crc), _) => State::Crc(crc_fast::Digest::new(crc)),
            (None, Algorithm::Sha1) => State::Sha1(Sha1::new()),
            (None, Algorithm::Md5) => State::Md5(Md5::new()),
            (None, _) => State::Sha256(digest::Context::new(&digest::SHA256)),
        };
        Self { algorithm, length: 0, state }
    }

    /// The checksum of some bytes at once.
    pub fn sum(algorithm: Algorithm, data: &[u8]) -> Checksum {
        let mut hasher = Self::new(algorithm);
        hasher.update(data);
        hasher.finish()
    }

    /// Sees some more.
    pub fn update(&mut self, data: &[u8]) {
        self.length = self.length.saturating_add(u64::try_from(data.len()).unwrap_or(u64::MAX));
        match &mut self.state {
            State::Crc(state) => state.update(data),
            State::Sha1(state) => state.update(data),
            State::Sha256(state) => state.update(data),
            State::Md5(state) => state.update(data),
        }
    }

    /// How many bytes it has seen.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The checksum of all that it has seen.
    pub fn finish(self) -> Checksum {
        let bytes = match self.state {
            State::Crc(state) => network_order(self.algorithm, state.finalize()),
            State::Sha1(state) => state.finalize().to_vec(),
            State::Sha256(state) => state.finish().as_ref().to_vec(),
            State::Md5(state) => state.finalize().to_vec(),
        };
        Checksum::new(self.algorithm, bytes)
    }
}

impl std::fmt::Debug for Hasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {} bytes", self.algorithm.name(), self.length)
    }
}

/// The polynomial of an algorithm that has one.
pub(super) fn crc(algorithm: Algorithm) -> Option<CrcAlgorithm> {
    match algorithm {
        Algorithm::Crc32 => Some(CrcAlgorithm::Crc32IsoHdlc),
        Algorithm::Crc32c => Some(CrcAlgorithm::Crc32Iscsi),
        Algorithm::Crc64Nvme => Some(CrcAlgorithm::Crc64Nvme),
        Algorithm::Sha1 | Algorithm::Sha256 | Algorithm::Md5 => None,
    }
}

/// A remainder's bytes, highest first: the last four or all eight.
pub(super) fn network_order(algorithm: Algorithm, remainder: u64) -> Vec<u8> {
    let bytes = remainder.to_be_bytes();
    bytes.into_iter().skip(bytes.len().saturating_sub(algorithm.length())).collect()
}
