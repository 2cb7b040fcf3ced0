//! Diagnostics and snippets as a compiler shows them, drawn by annotate-snippets.
//!
//! Whatever comes from a file is untrusted: control characters are made visible before they reach
//! a terminal ([`clean`]), and spans are cut to what the text really holds.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;
use std::rc::Rc;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use sekisho_tree::{Diagnostic, Severity, Source, Span};
use serde::Serialize;

use crate::files::Unreadable;

/// The most diagnostics that are shown in full. Who made more mistakes than this made one of them
/// very often.
const SHOWN_MAX: usize = 50;

/// The longest line that is drawn, in bytes: nobody reads more, and drawing takes time for every
/// letter. The longest policy AWS takes has 32 KB and may stand in one line.
const LINE_BYTES_MAX: usize = 40_000;

/// A diagnostic and the text it speaks of.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    /// The text.
    pub(crate) source: Rc<Source>,
    /// What there is to say about it.
    pub(crate) diagnostic: Diagnostic,
}

impl Finding {
    /// Whether it keeps the text from being used.
    pub(crate) fn is_error(&self) -> bool {
        self.diagnostic.severity == Severity::Error
    }

    /// Where it stands.
    pub(crate) fn place(&self) -> Place {
        Place::of(&self.source, self.diagnostic.span)
    }
}

/// A place in a file, as people and editors name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: usize,
    /// The column in characters, from 1.
    pub(crate) column: usize,
}

impl Place {
    /// Where a span begins.
    pub(crate) fn of(source: &Source, span: Span) -> Self {
        let (line, column) = source.line_column(span.start as usize);
        Self { file: source.name().to_owned(), line, column }
    }
}

/// A stretch of text to point at, and what to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Where.
    pub(crate) span: Span,
    /// Whether it is the point, or only helps to understand it.
    pub(crate) primary: bool,
    /// What to say there; may be empty.
    pub(crate) label: String,
}

/// Text that may go to a terminal: control characters become visible signs, and it stays on its line.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|letter| letter == '\n' || is_hidden(letter)) {
        return text.into();
    }
    normalize_untrusted_str(&text.replace('\n', "␊")).into()
}

/// Characters that are not seen and can change what is: controls, and those that turn or hide text.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200d}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes diagnostics one after the other.
pub(crate) fn findings(out: &mut dyn Write, findings: &[Finding]) -> io::Result<()> {
    for finding in findings.iter().take(SHOWN_MAX) {
        self::finding(out, finding)?;
    }
    match findings.len().saturating_sub(SHOWN_MAX) {
        0 => Ok(()),
        more => writeln!(out, "… and {more} more\n"),
    }
}

/// Writes one diagnostic: its sentence, the line it speaks of, and what to do.
pub(crate) fn finding(out: &mut dyn Write, finding: &Finding) -> io::Result<()> {
    let diagnostic = &finding.diagnostic;
    let mark = Mark { span: diagnostic.span, primary: true, label: String::new() };
    let title = level(diagnostic.severity).primary_title(&diagnostic.message).id(diagnostic.code);
    let mut group =
        pointed_at(Group::with_title(title), &finding.source, std::slice::from_ref(&mark));
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    writeln!(out, "{}\n", Renderer::styled().render(&[group]))
}

/// Writes marked lines of a text with sentences under them, each under its own word: `fix`.
pub(crate) fn marked(
    out: &mut dyn Write,
    source: &Source,
    marks: &[Mark],
    word: &str,
    sentences: &[String],
) -> io::Result<()> {
    let say = |sentence| Level::HELP.with_name(word).message(clean(sentence));
    let group = pointed_at(Group::with_level(Level::ERROR), source, marks)
        .elements(sentences.iter().map(|sentence| say(sentence)));
    writeln!(out, "{}", Renderer::styled().render(&[group]))
}

/// Writes that a file could not be read.
pub(crate) fn unreadable(out: &mut dyn Write, why: &Unreadable) -> io::Result<()> {
    let title = Level::ERROR.primary_title(format!("cannot read this file: {}", why.message));
    let group = title.element(Origin::path(clean(&why.at)));
    writeln!(out, "{}\n", Renderer::styled().render(&[group]))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    }
}

/// Adds the marked lines to a group, or only their place where they are too long to be drawn.
fn pointed_at<'a>(group: Group<'a>, source: &'a Source, marks: &'a [Mark]) -> Group<'a> {
    let length = |mark: &Mark| source.line_text(Place::of(source, mark.span).line).len();
    match marks.iter().find(|mark| mark.primary) {
        Some(mark) if marks.iter().map(length).max() > Some(LINE_BYTES_MAX) => {
            let place = Place::of(source, mark.span);
            let origin = Origin::path(clean(source.name())).line(place.line);
            group.element(origin.char_column(place.column))
        }
        _ => group.element(snippet(source, marks)),
    }
}

fn snippet<'a>(
    source: &'a Source,
    marks: &'a [Mark],
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let annotation = |mark: &'a Mark| {
        let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let label = (!mark.label.is_empty()).then(|| clean(&mark.label));
        kind.span(first_line(source.text(), mark.span)).label(label)
    };
    Snippet::source(source.text())
        .path(clean(source.name()))
        .annotations(marks.iter().map(annotation))
}

/// The part of a span that lies within the text and on the line where it begins: enough to see
/// what is meant, however long the element goes on.
fn first_line(text: &str, span: Span) -> Range<usize> {
    let bound = |offset: u32| text.floor_char_boundary(offset as usize);
    let (start, end) = (bound(span.start), bound(span.end.max(span.start)));
    let marked = text.get(start..end).unwrap_or_default();
    let line = marked.split(['\n', '\r']).next().unwrap_or_default();
    start..start + line.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_cut_to_the_text_and_to_one_line() {
        let cut = |text, start, end| first_line(text, Span::new(start, end));
        assert_eq!(cut("abc: d\ne", 0, 3), 0..3);
        assert_eq!(cut("abc: \nd", 0, 7), 0..4);
        assert_eq!(cut("abc", 1, 99), 1..3);
        assert_eq!(cut("abc", 99, 99), 3..3);
        assert_eq!(cut("関所", 1, 4), 0..3);
        assert_eq!(cut("", 0, 1), 0..0);
    }

    #[test]
    fn lines_that_nobody_reads_are_only_named() {
        let text = format!("ab\n{}", "x".repeat(LINE_BYTES_MAX + 1));
        let source = Rc::new(Source::new("f", text.into()).unwrap());
        for (span, place, drawn) in
            [(Span::new(1, 2), "f:1:2", true), (Span::new(5, 6), "f:2:3", false)]
        {
            let diagnostic = Diagnostic::error("c", span, "m");
            let mut out = Vec::new();
            finding(&mut out, &Finding { source: Rc::clone(&source), diagnostic }).unwrap();
            let shown = anstream::adapter::strip_bytes(&out).into_vec();
            let shown = String::from_utf8(shown).unwrap();
            assert!(shown.contains(place), "{shown}");
            assert_eq!(shown.contains('^'), drawn, "{shown}");
        }
    }

    #[test]
    fn any_span_can_be_drawn() {
        for text in ["", "\n", "a", "関所\n\t関\r\n", "a\n\n\n"] {
            let source = Rc::new(Source::new("f\u{1b}[31m.json", text.into()).unwrap());
            for (start, end) in [(0, 0), (0, 1), (0, 99), (1, 2), (3, 3), (2, 1), (99, 100)] {
                let diagnostic = Diagnostic::error("c", Span { start, end }, "\u{1b}[31mred");
                let mut out = Vec::new();
                finding(&mut out, &Finding { source: Rc::clone(&source), diagnostic }).unwrap();
                let shown = String::from_utf8(out).unwrap();
                assert!(shown.contains("␛[31mred"), "{shown}");
                assert!(!shown.contains("\u{1b}[31mred"), "{shown}");
            }
        }
    }
}
