//! The sealed form of a body: what an object, a revision or a log holds, encrypted piece by piece.
//!
//! A body is cut into chunks of [`CHUNK_LEN`] bytes; each is sealed with AES-256-GCM under the
//! body's own random key. Its nonce is its number, and what is authenticated with it says which
//! body it belongs to, which chunk of it it is, and whether it is the last one (the STREAM
//! construction of Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015). So a body that was cut
//! short, lengthened, put in another order or exchanged for another body does not open, and a
//! range of it opens without the rest.
//!
//! There is no header: the row that names the body holds its key (wrapped) and its length. An
//! empty body is one empty chunk, so that even it is authenticated.

mod open;
mod pieces;
mod seal;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use thiserror::Error;
use zeroize::Zeroizing;

pub use open::Opener;
pub use pieces::{Piece, Pieces};
pub use seal::Sealer;

use crate::writes::BodyId;

/// The bytes of a chunk before it is sealed; only the last one is shorter.
///
/// 64 KiB is as fast to seal and to open as 1 MiB (measured), and a range of a body reads at most
/// this much too much at either end.
pub const CHUNK_LEN: usize = 64 * 1024;

/// What sealing adds to a chunk.
pub const TAG_LEN: usize = 16;

/// The bytes of a chunk after it is sealed; only the last one is shorter.
pub const SEALED_CHUNK_LEN: usize = CHUNK_LEN + TAG_LEN;

/// Sealed bodies up to this length go into the store's database, in the transaction of the row
/// that names them; longer ones are files of their own.
///
/// Measured: up to here a commit with the body in it takes half the time of a file of its own,
/// which has to reach the disk, with its folder, before the row is committed. The database keeps a
/// body in pages of a power of two; 64 bytes less than one leave room for what is beside it there.
pub const INLINE_LEN_MAX: usize = 32 * 1024 - 64;

/// A chunk's number is 32 bits of its nonce; this many bytes is the longest body, 256 TiB.
pub const PLAIN_LEN_MAX: u64 = CHUNK_LEN as u64 * (1 << 32);

/// The length of a body once it is sealed. Saturates behind [`PLAIN_LEN_MAX`].
#[must_use]
pub const fn sealed_len(plain_len: u64) -> u64 {
    plain_len.saturating_add(chunk_count(plain_len).saturating_mul(TAG_LEN as u64))
}

/// The number of chunks of a body; an empty one has one.
#[must_use]
pub const fn chunk_count(plain_len: u64) -> u64 {
    if plain_len == 0 { 1 } else { plain_len.div_ceil(CHUNK_LEN as u64) }
}

/// The number of the chunk that an offset of the body is in.
#[must_use]
pub const fn chunk_of(offset: u64) -> u64 {
    offset / CHUNK_LEN as u64
}

/// The key of one body: 32 random bytes, wiped when dropped. It seals one body and no other.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// The key with these bytes, which came from the dice or from an unwrapped envelope.
    #[must_use]
    pub fn new(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    /// The bytes, for wrapping them.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(..)")
    }
}

/// Why a body could not be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BodyFault {
    /// A chunk in the middle that is not full, or one that is longer than a chunk.
    #[error("a chunk has {len} bytes: all but the last have {CHUNK_LEN}, and the last no more")]
    ChunkLen {
        /// The bytes it has.
        len: usize,
    },
    /// A chunk behind the last one.
    #[error("the body was ended before: nothing can be added to it")]
    Ended,
    /// More chunks than there are numbers for.
    #[error("a body has at most {PLAIN_LEN_MAX} bytes")]
    TooLong,
    /// A chunk that the body does not have.
    #[error("the body has {count} chunks: there is no chunk {index}")]
    NoSuchChunk {
        /// The one that was asked for.
        index: u64,
        /// How many there are.
        count: u64,
    },
    /// Bytes that were not sealed as this chunk of this body under this key.
    #[error("chunk {index} of the body was altered, cut, moved or sealed with another key")]
    Altered {
        /// The chunk that was to be opened.
        index: u64,
    },
    /// The cryptographic library refused to seal, which it does for no chunk of a valid length.
    #[error("the chunk could not be sealed")]
    Refused,
}

/// A body's key as the cipher uses it, with what binds a chunk to its place.
///
/// The library wipes its own copy of the key when it is freed.
struct Cipher {
    key: LessSafeKey,
    id: BodyId,
}

/// What is authenticated with a chunk: the format, the body, the chunk's number, whether it is the
/// last.
type Place = [u8; FORMAT.len() + 16 + 4 + 1];

/// Names the format, so that a later one cannot be taken for it.
const FORMAT: [u8; 14] = *b"sekisho body 1";

impl Cipher {
    fn new(key: &DataKey, id: BodyId) -> Result<Self, BodyFault> {
        let key = UnboundKey::new(&AES_256_GCM, key.bytes()).map_err(|_| BodyFault::Refused)?;
        Ok(Self { key: LessSafeKey::new(key), id })
    }

    /// INVARIANT: a key seals one body, and [`Sealer`] counts, so no nonce is used twice.
    fn nonce(index: u32) -> Nonce {
        let mut nonce = [0; NONCE_LEN];
        for (to, from) in nonce.iter_mut().rev().zip(index.to_le_bytes()) {
            *to = from;
        }
        Nonce::assume_unique_for_key(nonce)
    }

    fn place(&self, index: u32, is_last: bool) -> Aad<Place> {
        let mut place = [0; FORMAT.len() + 16 + 4 + 1];
        let said = FORMAT.into_iter().chain(self.id.0).chain(index.to_be_bytes());
        for (to, from) in place.iter_mut().zip(said.chain([u8::from(is_last)])) {
            *to = from;
        }
        Aad::from(place)
    }
}

#[cfg(test)]
mod tests;
