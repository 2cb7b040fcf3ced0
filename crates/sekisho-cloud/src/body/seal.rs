//! Sealing a body, chunk after chunk.

use super::{BodyFault, CHUNK_LEN, Cipher, DataKey};
use crate::writes::BodyId;

/// Seals one body from its first chunk to its last.
///
/// It counts the chunks itself, so no two are sealed with the same nonce.
pub struct Sealer {
    cipher: Cipher,
    next: Next,
}

/// What may come next.
#[derive(Clone, Copy)]
enum Next {
    Chunk(u32),
    /// Every number is used.
    Overflow,
    /// The last chunk was sealed.
    Nothing,
}

impl Sealer {
    /// Begins the body `id` under its own key.
    ///
    /// # Errors
    /// When the cryptographic library does not take the key, which it does for every 32 bytes.
    pub fn new(key: &DataKey, id: BodyId) -> Result<Self, BodyFault> {
        Ok(Self { cipher: Cipher::new(key, id)?, next: Next::Chunk(0) })
    }

    /// Seals the next chunk in place and appends its tag. With room for
    /// [`SEALED_CHUNK_LEN`](super::SEALED_CHUNK_LEN) bytes in `chunk`, nothing is allocated.
    ///
    /// # Errors
    /// When the chunk is not full and not the last, is too long, or comes behind the last one.
    /// The chunk is then as it was.
    pub fn seal(&mut self, chunk: &mut Vec<u8>, is_last: bool) -> Result<(), BodyFault> {
        let len = chunk.len();
        if len > CHUNK_LEN || (len < CHUNK_LEN && !is_last) {
            return Err(BodyFault::ChunkLen { len });
        }
        let index = match self.next {
            Next::Chunk(index) => index,
            Next::Overflow => return Err(BodyFault::TooLong),
            Next::Nothing => return Err(BodyFault::Ended),
        };
        // Moved on before sealing: even a failure must not leave the nonce to be used again.
        self.next = match index.checked_add(1) {
            _ if is_last => Next::Nothing,
            Some(next) => Next::Chunk(next),
            None => Next::Overflow,
        };
        let place = self.cipher.place(index, is_last);
        let sealed = self.cipher.key.seal_in_place_append_tag(Cipher::nonce(index), place, chunk);
        sealed.map_err(|_| BodyFault::Refused)
    }

    /// Seals a whole body that is in memory, such as one that goes into the database.
    ///
    /// # Errors
    /// When the cryptographic library refuses.
    pub fn seal_all(key: &DataKey, id: BodyId, plain: &[u8]) -> Result<Vec<u8>, BodyFault> {
        let mut sealer = Self::new(key, id)?;
        let mut sealed = Vec::new();
        let mut rest = plain;
        loop {
            let (chunk, behind) = rest.split_at_checked(CHUNK_LEN).unwrap_or((rest, &[]));
            let mut chunk = chunk.to_vec();
            sealer.seal(&mut chunk, behind.is_empty())?;
            sealed.append(&mut chunk);
            rest = behind;
            if rest.is_empty() {
                return Ok(sealed);
            }
        }
    }
}
