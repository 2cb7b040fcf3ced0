//! Lines that may arrive in pieces.

use bytes::{Buf, Bytes};

use super::ChunkError;

/// The most bytes of a line: a chunk's head has at most 97, a trailer a name and a checksum.
const MAX_LINE: usize = 1024;

/// A line that is being read, up to its `\r\n`.
#[derive(Debug, Default)]
pub(super) struct Line(Vec<u8>);

impl Line {
    /// Takes what belongs to the line from the input; the line without its end once it is complete.
    pub(super) fn take(&mut self, input: &mut Bytes) -> Result<Option<Vec<u8>>, ChunkError> {
        let end = input.iter().position(|byte| *byte == b'\n');
        let piece = input.split_to(end.map_or(input.len(), |end| end + 1));
        if self.0.len() + piece.len() > MAX_LINE {
            return Err(ChunkError::Incomplete);
        }
        self.0.extend_from_slice(&piece);
        if end.is_none() {
            return Ok(None);
        }
        let mut line = std::mem::take(&mut self.0);
        match line.strip_suffix(b"\r\n").map(<[u8]>::len) {
            Some(length) => {
                line.truncate(length);
                Ok(Some(line))
            }
            None => Err(ChunkError::Incomplete),
        }
    }
}

/// Takes exactly the `\r\n` after a chunk's data, of which `done` bytes were taken before.
pub(super) fn take_end(input: &mut Bytes, done: &mut usize) -> Result<bool, ChunkError> {
    for expected in b"\r\n".iter().skip(*done) {
        match input.first() {
            None => return Ok(false),
            Some(byte) if byte == expected => input.advance(1),
            Some(_) => return Err(ChunkError::Incomplete),
        }
        *done += 1;
    }
    Ok(true)
}
