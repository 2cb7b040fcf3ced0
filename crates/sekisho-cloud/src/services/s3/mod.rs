//! Amazon Simple Storage Service.

pub mod state;

use crate::operation::Served;

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[];
