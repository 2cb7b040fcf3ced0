//! The lockout safety check: whoever sets a key policy must still be able to set the next one.
//! Source: KMS API Reference, "PutKeyPolicy", `BypassPolicyLockoutSafetyCheck`.

use std::borrow::Cow;

use super::fault;
use super::find::{self, Target};
use super::state::{Key, Kms};
use crate::act::View;
use crate::fault::Fault;

/// Refuses the policy of `key` where the caller could not change it under that policy.
pub(super) fn check(key: &Key, view: &View<'_, Kms>) -> Result<(), Fault> {
    let target = Target::Known { key: Cow::Borrowed(key), alias: None };
    if view.may(&find::ask("kms:PutKeyPolicy", &target, view)) {
        return Ok(());
    }
    let text = "The new key policy will not allow you to update the key policy in the future.";
    Err(fault::malformed_policy(text))
}
