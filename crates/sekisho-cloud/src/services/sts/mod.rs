//! AWS Security Token Service.

mod get_caller_identity;
pub mod state;

pub use get_caller_identity::GetCallerIdentity;

use crate::operation::{Served, served};

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[served::<GetCallerIdentity>()];
