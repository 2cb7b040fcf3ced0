//! Bodies that are streamed: the engine says how they are sealed, the shell carries the bytes.

use bytes::Bytes;
use sekisho_wire::checksum::{Algorithm, Checksum};

use crate::body::DataKey;
use crate::writes::BodyId;

/// How a body is to be received.
#[derive(Debug)]
pub struct Receiving {
    /// Where its bytes come from; `None`: with the request.
    pub from: Option<Sending>,
    /// Under which name it is kept.
    pub body: BodyId,
    /// Under which key it is sealed.
    pub key: DataKey,
    /// The key as the row keeps it: sealed or wrapped.
    pub kept_key: Vec<u8>,
    /// The checksums to compute besides those that the client claims; MD5 only where an entity tag is
    /// made of it, since it is slower than all the rest.
    pub checksums: Vec<Algorithm>,
    /// The longest body that is taken, in bytes.
    pub bytes_max: u64,
}

/// A body that the shell has received, sealed and put to rest.
#[derive(Debug, Clone)]
pub struct Received {
    /// Its name.
    pub body: BodyId,
    /// Its key as the row keeps it.
    pub kept_key: Vec<u8>,
    /// Its length before sealing, in bytes.
    pub bytes: u64,
    /// The checksums that were computed. What the client claimed, in headers or trailers, was found to
    /// be right.
    pub checksums: Vec<Checksum>,
    /// The sealed bytes of a small body, to be committed with the row; `None`: they are in a file.
    pub inline: Option<Bytes>,
}

/// A body to be sent: pieces one after the other.
#[derive(Debug, Clone, Default)]
pub struct Sending {
    /// The pieces.
    pub pieces: Vec<Piece>,
}

/// A piece of a body to be sent.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The sealed body that it is of.
    pub body: BodyId,
    /// Its key.
    pub key: DataKey,
    /// The length of the whole sealed body before sealing, in bytes.
    pub body_bytes: u64,
    /// Where the piece starts.
    pub from: u64,
    /// How long it is, in bytes.
    pub bytes: u64,
}

impl Received {
    /// The checksum of this algorithm, if it was computed.
    pub fn sum(&self, algorithm: Algorithm) -> Option<&Checksum> {
        self.checksums.iter().find(|one| one.algorithm() == algorithm)
    }
}

impl Sending {
    /// How many bytes will be sent.
    pub fn bytes(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.bytes).sum()
    }
}
