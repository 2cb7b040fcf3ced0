//! How large a tree gets when its aliases are expanded.
//!
//! Ten lines of YAML can stand for a thousand million values ("billion laughs"), and an alias
//! inside the anchor of the next one makes a tree as deep as the text is long. So every subtree
//! that has an anchor is kept with its size, and the size is asked before anything is copied.

use crate::{NODES_MAX, Node, TEXT_BYTES_MAX};

/// The most bytes all texts and keys of one tree have. Without aliases a tree is never larger than
/// its text; this leaves room for aliases, and none for a long text that is repeated thousands of times.
const EXPANDED_BYTES_MAX: usize = 4 * TEXT_BYTES_MAX;

/// The size of a tree, or of a part of one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) nodes: usize,
    pub(super) bytes: usize,
}

impl Size {
    /// One value with a text of so many bytes.
    pub(super) fn of_text(text: &str) -> Self {
        Self { nodes: 1, bytes: text.len() }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self { nodes: self.nodes + other.nodes, bytes: self.bytes + other.bytes }
    }

    /// What came since the tree had the size `before`.
    pub(super) fn since(self, before: Self) -> Self {
        Self {
            nodes: self.nodes.saturating_sub(before.nodes),
            bytes: self.bytes.saturating_sub(before.bytes),
        }
    }

    /// Whether one tree may be this large.
    pub(super) fn is_bearable(self) -> bool {
        self.nodes <= NODES_MAX && self.bytes <= EXPANDED_BYTES_MAX
    }
}

/// What an anchor stands for.
pub(super) struct Anchored {
    pub(super) node: Node,
    pub(super) size: Size,
    /// How many lists and maps are inside one another in it.
    pub(super) height: usize,
}
