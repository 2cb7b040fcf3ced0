//! The services, each a folder of one shape: `state.rs`, `fault.rs`, and a file for each operation.

pub mod cloudtrail;
pub mod iam;
pub mod kms;
pub mod organizations;
pub mod s3;
pub mod secretsmanager;
pub mod ssm;
pub mod sts;

use crate::operation::Served;

/// Every operation that is served, by service.
pub const SERVED: &[&[Served]] = &[
    cloudtrail::OPERATIONS,
    iam::OPERATIONS,
    kms::OPERATIONS,
    organizations::OPERATIONS,
    s3::OPERATIONS,
    secretsmanager::OPERATIONS,
    ssm::OPERATIONS,
    sts::OPERATIONS,
];

/// The operation with this name (`kms:Decrypt`), if it is served.
pub fn find(service: &str, operation: &str) -> Option<&'static Served> {
    let of_service = |list: &&&[Served]| list.first().is_some_and(|one| one.service() == service);
    let list = SERVED.iter().find(of_service)?;
    let place = list.binary_search_by(|one| one.operation().cmp(operation)).ok()?;
    list.get(place)
}
