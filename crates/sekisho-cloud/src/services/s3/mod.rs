//! Amazon Simple Storage Service.

pub mod ask;
mod fault;
mod name;
pub mod state;

use crate::operation::Served;

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[];
