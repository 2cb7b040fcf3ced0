//! What the service holds.

use crate::table::AnyTable;

/// The state of AWS Secrets Manager.
#[derive(Debug, Default)]
pub struct SecretsManager {}

impl SecretsManager {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 0] {
        []
    }
}
