//! A text with a name, and places in it.

use std::fmt;

/// A range of bytes of a text: `start` inclusive, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to `end`; offsets beyond `u32` are cut to it (texts are limited to [`crate::TEXT_BYTES_MAX`]).
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: cut(start), end: cut(end) }
    }

    /// As a range of `usize`, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A text, the name it is shown under, and where its lines start.
#[derive(Clone)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<u32>,
}

/// Why bytes are not a text that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceError {
    /// Longer than [`crate::TEXT_BYTES_MAX`].
    TooLong {
        /// How long it is, in bytes.
        bytes: usize,
    },
    /// Not UTF-8.
    NotUtf8 {
        /// The first byte that is not UTF-8.
        offset: usize,
        /// Its line, from 1.
        line: usize,
        /// Its column in characters, from 1.
        column: usize,
    },
}
impl Source {
    /// The name the text is shown under: a path, or `<stdin>`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }
}
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("name", &self.name).finish_non_exhaustive()
    }
}
