//! AWS CloudTrail: the history of management events. The events themselves are `crate::trail`'s.

mod attribute;
mod event_view;
mod fault;
mod lookup_events;
mod page;
pub mod state;

pub use lookup_events::LookupEvents;

use crate::operation::{Served, served};

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[served::<LookupEvents>()];
