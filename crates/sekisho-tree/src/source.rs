//! A text with a name, and places in it.

use std::{error, fmt};

use crate::TEXT_BYTES_MAX;

/// What some editors on Windows put in front of UTF-8. It is no part of the first line.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// A range of bytes of a text: `start` inclusive, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to `end`; offsets beyond `u32` are cut to it (texts are limited to [`TEXT_BYTES_MAX`]).
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: cut(start), end: cut(end) }
    }

    /// As a range of `usize`, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

fn cut(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
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
    /// Longer than [`TEXT_BYTES_MAX`].
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
    /// The text that `bytes` hold, to be shown under `name`: a path, or `<stdin>`. Nothing is
    /// stripped; a byte order mark at the start stays and is skipped by the readers.
    ///
    /// # Errors
    /// When there are more than [`TEXT_BYTES_MAX`] bytes, or when they are not UTF-8.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, SourceError> {
        if bytes.len() > TEXT_BYTES_MAX {
            return Err(SourceError::TooLong { bytes: bytes.len() });
        }
        let text = String::from_utf8(bytes).map_err(|error| not_utf8(&error))?;
        Ok(Self { name: name.into(), line_starts: line_starts(&text), text })
    }

    /// The name the text is shown under: a path, or `<stdin>`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and the column, in characters, of a byte; both from 1. An offset beyond the text
    /// is taken as its end, one inside a character as that character.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start as usize <= offset).max(1);
        let start = self.line_start(line).unwrap_or(0);
        let before = self.text_at(Span { start: cut(start), end: cut(offset) });
        (line, before.chars().count() + 1)
    }

    /// A line, counted from 1, without its line break. Empty for a line that the text does not have.
    pub fn line_text(&self, line: usize) -> &str {
        let Some(start) = self.line_start(line) else { return "" };
        let end = self.line_start(line + 1).unwrap_or(self.text.len());
        let text = self.text_at(Span::new(start, end));
        let text = text.strip_suffix('\n').unwrap_or(text);
        text.strip_suffix('\r').unwrap_or(text)
    }

    /// The text of a span. What lies beyond the text is left out, and a span that begins or ends
    /// inside a character begins or ends in front of it.
    pub fn text_at(&self, span: Span) -> &str {
        let start = self.text.floor_char_boundary(span.start as usize);
        let end = self.text.floor_char_boundary(span.end as usize);
        self.text.get(start..end).unwrap_or("")
    }

    fn line_start(&self, line: usize) -> Option<usize> {
        self.line_starts.get(line.checked_sub(1)?).map(|start| *start as usize)
    }
}

/// The byte every line begins at. The byte order mark is no part of the first.
fn line_starts(text: &str) -> Vec<u32> {
    let first = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let others = text.match_indices('\n').map(|(at, _)| at + 1);
    std::iter::once(first).chain(others).map(cut).collect()
}

fn not_utf8(error: &std::string::FromUtf8Error) -> SourceError {
    let offset = error.utf8_error().valid_up_to();
    let before = error.as_bytes().get(..offset).unwrap_or_default();
    let before = String::from_utf8_lossy(before);
    let before = before.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&before);
    let last_line = before.rsplit('\n').next().unwrap_or_default();
    SourceError::NotUtf8 {
        offset,
        line: before.matches('\n').count() + 1,
        column: last_line.chars().count() + 1,
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("name", &self.name).finish_non_exhaustive()
    }
}

impl SourceError {
    /// The line to show, from 1.
    pub fn line(&self) -> usize {
        match self {
            Self::TooLong { .. } => 1,
            Self::NotUtf8 { line, .. } => *line,
        }
    }

    /// The column to show, in characters from 1.
    pub fn column(&self) -> usize {
        match self {
            Self::TooLong { .. } => 1,
            Self::NotUtf8 { column, .. } => *column,
        }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { bytes } => {
                write!(f, "the file has {bytes} bytes, the most that is read is {TEXT_BYTES_MAX}")
            }
            Self::NotUtf8 { line, column, .. } => write!(
                f,
                "the file is not UTF-8: line {line}, column {column} is no character; \
                 save the file as UTF-8"
            ),
        }
    }
}

impl error::Error for SourceError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("policy.json", text.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn lines_and_columns_are_counted_in_characters_from_1() {
        let text = "関所: 1\r\nb\n\n";
        for (offset, line_column) in [
            (0, (1, 1)),
            (1, (1, 1)),
            (3, (1, 2)),
            (6, (1, 3)),
            (9, (1, 6)),
            (10, (1, 7)),
            (11, (2, 1)),
            (12, (2, 2)),
            (13, (3, 1)),
            (14, (4, 1)),
            (usize::MAX, (4, 1)),
        ] {
            assert_eq!(source(text).line_column(offset), line_column, "offset {offset}");
        }
    }

    #[test]
    fn lines_come_without_their_breaks() {
        let source = source("関所: 1\r\nb\n\nlast");
        let lines: Vec<_> = (0..=5).map(|line| source.line_text(line)).collect();
        assert_eq!(lines, ["", "関所: 1", "b", "", "last", ""]);
        assert_eq!(source.line_text(usize::MAX), "");
    }

    #[test]
    fn a_byte_order_mark_stays_in_the_text_and_out_of_the_first_line() {
        let source = source("\u{feff}a\nb");
        assert_eq!(source.text(), "\u{feff}a\nb");
        assert_eq!(source.line_text(1), "a");
        let places = [0, 3, 4, 5].map(|offset| source.line_column(offset));
        assert_eq!(places, [(1, 1), (1, 1), (1, 2), (2, 1)]);
    }

    #[test]
    fn any_span_has_a_text() {
        let source = source("a関b");
        for (start, end, text) in [
            (0, 1, "a"),
            (1, 4, "関"),
            (2, 5, "関b"),
            (1, 3, ""),
            (4, 900, "b"),
            (3, 0, ""),
            (7, 9, ""),
        ] {
            assert_eq!(source.text_at(Span::new(start, end)), text, "{start}..{end}");
        }
        assert_eq!(Span::new(3, usize::MAX), Span { start: 3, end: u32::MAX });
    }

    #[test]
    fn an_empty_text_has_one_empty_line() {
        assert_eq!((source("").line_column(0), source("").line_text(1)), ((1, 1), ""));
    }

    #[test]
    fn too_long_is_told_before_anything_else() {
        let error = Source::new("big", vec![0xff; TEXT_BYTES_MAX + 1]).unwrap_err();
        assert_eq!(error, SourceError::TooLong { bytes: TEXT_BYTES_MAX + 1 });
        assert_eq!((error.line(), error.column()), (1, 1));
        assert_eq!(
            SourceError::TooLong { bytes: 10_485_760 }.to_string(),
            "the file has 10485760 bytes, the most that is read is 1048576"
        );
        assert!(Source::new("full", vec![b' '; TEXT_BYTES_MAX]).is_ok());
    }

    #[test]
    fn what_is_not_utf8_is_told_with_its_place() {
        // "関" in Shift JIS.
        let error = Source::new("sjis", b"a: 1\nb: x\x8a\xd6".to_vec()).unwrap_err();
        assert_eq!(error, SourceError::NotUtf8 { offset: 9, line: 2, column: 5 });
        assert_eq!((error.line(), error.column()), (2, 5));
        assert_eq!(
            error.to_string(),
            "the file is not UTF-8: line 2, column 5 is no character; save the file as UTF-8"
        );
    }
}
