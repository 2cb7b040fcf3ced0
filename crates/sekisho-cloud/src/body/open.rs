//! Opening a sealed body at any chunk.

use super::{BodyFault, CHUNK_LEN, Cipher, DataKey, Pieces, TAG_LEN, chunk_count, chunk_of};
use crate::writes::BodyId;

/// Opens the chunks of one body, in any order.
pub struct Opener {
    cipher: Cipher,
    plain_len: u64,
}

impl Opener {
    /// The body `id`, of which the row says that it has `plain_len` bytes.
    ///
    /// # Errors
    /// When the body is longer than a body can be.
    pub fn new(key: &DataKey, id: BodyId, plain_len: u64) -> Result<Self, BodyFault> {
        if plain_len > super::PLAIN_LEN_MAX {
            return Err(BodyFault::TooLong);
        }
        Ok(Self { cipher: Cipher::new(key, id)?, plain_len })
    }

    /// What to read, and what to take of it, for the bytes from `from` up to `to` (exclusive).
    #[must_use]
    pub fn pieces(&self, from: u64, to: u64) -> Pieces {
        Pieces::new(self.plain_len, from, to)
    }

    /// Opens chunk `index` in place: behind it the chunk holds its plain bytes.
    ///
    /// # Errors
    /// When the body has no such chunk, or these bytes are not that chunk. The chunk is then
    /// empty, so that nothing unauthenticated is left to be used.
    pub fn open(&self, index: u64, chunk: &mut Vec<u8>) -> Result<(), BodyFault> {
        let opened = self.opened_len(index, chunk);
        chunk.truncate(*opened.as_ref().unwrap_or(&0));
        opened.map(drop)
    }

    fn opened_len(&self, index: u64, chunk: &mut [u8]) -> Result<usize, BodyFault> {
        let count = chunk_count(self.plain_len);
        let is_last = index == count - 1;
        let number = u32::try_from(index).ok().filter(|_| index < count);
        let number = number.ok_or(BodyFault::NoSuchChunk { index, count })?;
        if chunk.len() != self.plain_chunk_len(index) + TAG_LEN {
            return Err(BodyFault::Altered { index });
        }
        let place = self.cipher.place(number, is_last);
        let opened = self.cipher.key.open_in_place(Cipher::nonce(number), place, chunk);
        opened.map(|plain| plain.len()).map_err(|_| BodyFault::Altered { index })
    }

    /// The last chunk holds what is left; all others are full.
    fn plain_chunk_len(&self, index: u64) -> usize {
        if index < chunk_of(self.plain_len) {
            return CHUNK_LEN;
        }
        let rest = self.plain_len - index * CHUNK_LEN as u64;
        usize::try_from(rest).unwrap_or(CHUNK_LEN)
    }
}
