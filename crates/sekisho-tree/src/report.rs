//! What a reader gathers while it reads: the diagnostics, and whether the tree can be trusted.
//!
//! Every reader is written with `?`: [`Report::say`] goes on after a problem and gives `None` once
//! there are so many that going on helps nobody; [`Report::stop`] always gives `None`.

use crate::{Diagnostic, Node, Read, Span};

/// The most diagnostics one text gets. Reading stops there, without a tree: a text that is wrong
/// in a hundred places is not the text its reader takes it for.
pub(crate) const DIAGNOSTICS_MAX: usize = 100;

/// The diagnostics so far.
#[derive(Default)]
pub(crate) struct Report {
    found: Vec<Diagnostic>,
    distrusted: bool,
}

impl Report {
    /// Notes a problem that the reader gets over. `None` means: stop reading.
    pub(crate) fn say(&mut self, diagnostic: Diagnostic) -> Option<()> {
        self.found.push(diagnostic);
        (self.found.len() < DIAGNOSTICS_MAX).then_some(())
    }

    /// Notes a problem after which reading goes on, but no tree is given: what was meant cannot be known.
    pub(crate) fn doubt(&mut self, diagnostic: Diagnostic) -> Option<()> {
        self.distrusted = true;
        self.say(diagnostic)
    }

    /// Notes a problem after which nothing sensible can be read.
    pub(crate) fn stop<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        self.found.push(diagnostic);
        None
    }

    /// The result: `node` where nothing made it doubtful, and the diagnostics in the order of the text.
    pub(crate) fn finish(self, node: Option<Node>) -> Read {
        let Self { found: mut diagnostics, distrusted } = self;
        let full = diagnostics.len() >= DIAGNOSTICS_MAX;
        diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
        if full {
            let span = diagnostics.last().map_or(Span::default(), |last| last.span);
            let message = format!("reading stopped after {DIAGNOSTICS_MAX} problems");
            diagnostics.push(Diagnostic::note("too-many-problems", span, message));
        }
        Read { node: node.filter(|_| !distrusted && !full), diagnostics }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Style, Value};

    fn node() -> Option<Node> {
        Some(Node::new(Span::new(0, 1), Value::Scalar("x".into(), Style::Plain)))
    }

    #[test]
    fn diagnostics_come_in_the_order_of_the_text() {
        let mut report = Report::default();
        for start in [7, 3, 5] {
            assert_eq!(report.say(Diagnostic::error("x", Span::new(start, 9), "x")), Some(()));
        }
        let read = report.finish(node());
        let starts: Vec<_> = read.diagnostics.iter().map(|found| found.span.start).collect();
        assert_eq!((starts, read.node), (vec![3, 5, 7], node()));
    }

    #[test]
    fn a_doubt_withholds_the_tree() {
        let mut report = Report::default();
        assert_eq!(report.doubt(Diagnostic::error("x", Span::new(0, 1), "x")), Some(()));
        assert_eq!(report.finish(node()).node, None);
    }

    #[test]
    fn the_hundredth_problem_ends_the_reading() {
        let mut report = Report::default();
        let said =
            std::iter::repeat_with(|| report.say(Diagnostic::error("x", Span::default(), "x")))
                .take_while(Option::is_some)
                .count();
        let read = report.finish(node());
        assert_eq!((said, read.node), (DIAGNOSTICS_MAX - 1, None));
        assert_eq!(read.diagnostics.len(), DIAGNOSTICS_MAX + 1);
        assert_eq!(read.diagnostics.last().map(|last| last.code), Some("too-many-problems"));
    }
}
