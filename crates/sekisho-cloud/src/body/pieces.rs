//! Which chunks a range of a body is in.

use std::ops::Range;

use super::{CHUNK_LEN, chunk_count, chunk_of};

/// One chunk to open, and the part of it that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The chunk's number.
    pub index: u64,
    /// What of its plain bytes is in the range.
    pub within: Range<usize>,
}

/// The pieces of a range, in order. An empty range has one empty piece of the chunk it stands at,
/// so that nobody is told about an altered body that it is well and empty.
#[derive(Debug, Clone)]
pub struct Pieces {
    next: u64,
    last: u64,
    from: u64,
    to: u64,
}

impl Pieces {
    /// The range is cut to the body.
    pub(super) fn new(plain_len: u64, from: u64, to: u64) -> Self {
        let to = to.min(plain_len);
        let from = from.min(to);
        let last_of_body = chunk_count(plain_len) - 1;
        let next = chunk_of(from).min(last_of_body);
        Self { next, last: chunk_of(to.max(from + 1) - 1).clamp(next, last_of_body), from, to }
    }
}

impl Iterator for Pieces {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let index = (self.next <= self.last).then_some(self.next)?;
        self.next += 1;
        let start = index * CHUNK_LEN as u64;
        let within = |offset: u64| {
            let offset = offset.saturating_sub(start);
            usize::try_from(offset).map_or(CHUNK_LEN, |offset| offset.min(CHUNK_LEN))
        };
        Some(Piece { index, within: within(self.from)..within(self.to) })
    }
}
