//! STS holds nothing: what a session is stands in its token.

use crate::table::AnyTable;

/// The state of STS.
#[derive(Debug, Default)]
pub struct Sts {}

impl Sts {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 0] {
        []
    }
}
