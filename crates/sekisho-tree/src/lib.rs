//! JSON and YAML text as one tree in which every node knows where it stands.
//!
//! Policies come as strict JSON, templates and request files as YAML (of which JSON is nearly a
//! part). Both become the same [`Node`]; whoever reads a property decides what its text means, so
//! an unquoted `2012-10-17`, `yes` or `012345678901` stays the text the author wrote.
//!
//! Nothing here does I/O: text comes in as bytes, trees and [`Diagnostic`]s go out.

mod diagnostic;
mod json;
mod node;
mod source;
mod yaml;

pub use diagnostic::{Diagnostic, Severity};
pub use json::read_json;
pub use node::{Entry, Key, Node, Style, Value};
pub use source::{Source, SourceError, Span};
pub use yaml::read_yaml;

/// The longest text that is read, in bytes. CloudFormation's own limit for a template is 1 MB;
/// the largest policy AWS takes is 32 KB.
pub const TEXT_BYTES_MAX: usize = 1_048_576;

/// The deepest nesting of lists and maps that is read. The deepest real document seen has 21 levels.
pub const DEPTH_MAX: usize = 128;

/// What reading a text gave: the tree, where one could be made of it, and what was wrong with it.
/// A tree is given along with diagnostics where the text could be read in spite of them.
#[derive(Debug, Clone)]
pub struct Read {
    /// The tree. `None` where the text has none that could be trusted.
    pub node: Option<Node>,
    /// What was wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}
