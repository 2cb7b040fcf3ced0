//! The output of an operation that tells nothing.

use serde::Serialize;

/// An output without members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Empty {}
