//! What the service holds.

use crate::table::AnyTable;

/// The state of AWS Key Management Service.
#[derive(Debug, Default)]
pub struct Kms {}

impl Kms {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 0] {
        []
    }
}
