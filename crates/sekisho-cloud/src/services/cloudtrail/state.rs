//! What the service holds.

use crate::table::AnyTable;

/// The state of AWS CloudTrail.
#[derive(Debug, Default)]
pub struct CloudTrail {}

impl CloudTrail {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 0] {
        []
    }
}
