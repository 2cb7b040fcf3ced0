//! What the service holds.

use crate::table::AnyTable;

/// The state of AWS Systems Manager, Parameter Store.
#[derive(Debug, Default)]
pub struct Ssm {}

impl Ssm {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 0] {
        []
    }
}
