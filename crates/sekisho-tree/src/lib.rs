//! JSON and YAML text as one tree in which every node knows where it stands.
//!
//! Policies come as strict JSON, templates and request files as YAML (of which JSON is nearly a
//! part). Both become the same [`Node`]; whoever reads a property decides what its text means, so
//! an unquoted `2012-10-17`, `yes` or `012345678901` stays the text the author wrote.
//!
//! Nothing here does I/O: text comes in as bytes, trees and [`Diagnostic`]s go out.
//!
//! **Bounds.** Whoever walks a tree may rely on [`DEPTH_MAX`] and [`NODES_MAX`], also where YAML
//! aliases were expanded. A text beyond them gets a diagnostic instead of a tree.

mod any;
mod diagnostic;
mod json;
mod keys;
mod node;
mod report;
mod source;
#[cfg(test)]
mod testing;
mod yaml;

pub use any::read_any;
pub use diagnostic::{Diagnostic, Severity, excerpt};
pub use json::read_json;
pub use node::{Entry, Key, Node, Style, Value};
pub use source::{Source, SourceError, Span};
pub use yaml::read_yaml;

/// The longest text that is read, in bytes. CloudFormation's own limit for a template is 1 MB;
/// the largest policy AWS takes is 32 KB.
pub const TEXT_BYTES_MAX: usize = 1_048_576;

/// The deepest nesting of lists and maps that is read. The deepest real document seen has 21 levels.
pub const DEPTH_MAX: usize = 128;

/// The most values one tree has. Real templates have one value in 25 to 30 bytes, which makes
/// 40,000 in the longest text.
pub const NODES_MAX: usize = 100_000;

/// What reading a text gave: the tree, where one could be made of it, and what was wrong with it.
///
/// A tree is given along with errors where it is plain what was meant (a trailing comma, a missing
/// one), so that its reader can go on and find more. Nobody may act upon such a tree: use
/// [`Read::into_result`] where a decision hangs on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The tree. `None` where the text has none that could be trusted.
    pub node: Option<Node>,
    /// What was wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Read {
    /// Whether any diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|found| found.severity == Severity::Error)
    }

    /// The tree, if the text is free of errors.
    ///
    /// # Errors
    /// What was wrong with the text, if anything was.
    pub fn into_result(self) -> Result<Node, Vec<Diagnostic>> {
        match self {
            Self { node: Some(node), .. } if !self.has_errors() => Ok(node),
            Self { diagnostics, .. } => Err(diagnostics),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_a_tree_without_errors() {
        let good = read_json("[1]");
        assert!(!good.has_errors() && good.into_result().is_ok());

        let recovered = read_json("[1,]");
        assert!(recovered.has_errors() && recovered.node.is_some());
        assert_eq!(recovered.into_result().map_err(|found| found.len()), Err(1));

        let mut noted = read_json("[1]");
        noted.diagnostics.push(Diagnostic::warning("x", Span::default(), "only a warning"));
        assert!(!noted.has_errors() && noted.into_result().is_ok());
    }
}
