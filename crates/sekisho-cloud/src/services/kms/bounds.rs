//! Bounds that are narrower than the model's, told in the words of the model's.

use std::ops::RangeInclusive;

use super::fault;
use crate::fault::Fault;

/// Refuses a number that is out of bounds.
pub(super) fn check(member: &str, value: u32, bounds: RangeInclusive<u32>) -> Result<(), Fault> {
    let constraint = if value < *bounds.start() {
        format!("greater than or equal to {}", bounds.start())
    } else if value > *bounds.end() {
        format!("less than or equal to {}", bounds.end())
    } else {
        return Ok(());
    };
    Err(fault::validation(format!(
        "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: \
         Member must have value {constraint}"
    )))
}
