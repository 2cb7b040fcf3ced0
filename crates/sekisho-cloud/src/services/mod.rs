//! The services, each a folder of one shape: `state.rs`, `fault.rs`, and a file for each operation.

pub mod iam;
pub mod organizations;
pub mod sts;

use crate::operation::Served;

/// Every operation that is served, by service.
pub const SERVED: &[&[Served]] = &[iam::OPERATIONS, organizations::OPERATIONS, sts::OPERATIONS];

/// The operation with this name (`kms:Decrypt`), if it is served.
pub fn find(service: &str, operation: &str) -> Option<&'static Served> {
    let of_service = |list: &&&[Served]| list.first().is_some_and(|one| one.service() == service);
    let list = SERVED.iter().find(of_service)?;
    let place = list.binary_search_by(|one| one.operation().cmp(operation)).ok()?;
    list.get(place)
}
