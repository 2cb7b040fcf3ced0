//! placeholder until merged
/// algorithm
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {}
