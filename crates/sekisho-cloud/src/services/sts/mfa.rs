//! Multi-factor authentication: there are no MFA devices here, so that a request with the code of one
//! is refused rather than taken for authenticated.

use super::fault;
use crate::fault::Fault;

/// Refuses the code of a device.
pub(super) fn refuse(serial_number: Option<&str>, code: Option<&str>) -> Result<(), Fault> {
    match serial_number.or(code) {
        Some(_) => Err(fault::no_device()),
        None => Ok(()),
    }
}
