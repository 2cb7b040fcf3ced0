//! What all operations that administer a key share: only those of the key's account reach it.

use super::fault;
use super::find::{self, Takes};
use super::state::{Kms, Status};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;

/// The question of an operation about a key of the caller's account.
pub(super) fn ask<'a>(
    action: &'static str,
    key_id: &str,
    view: &View<'a, Kms>,
) -> Result<Ask<'a>, Fault> {
    let target = find::target(key_id, Takes::OwnKey, view)?;
    Ok(find::ask(action, &target, view))
}

/// The row of the key of an allowed request.
pub(super) fn take(key_id: &str, act: &mut Act<'_, Kms>) -> Result<String, Fault> {
    find::take(key_id, Takes::OwnKey, act)
}

/// Likewise, of a key that does not wait for its end.
pub(super) fn take_not_pending(key_id: &str, act: &mut Act<'_, Kms>) -> Result<String, Fault> {
    let row = take(key_id, act)?;
    let key = find::key(&row, act)?;
    match key.status {
        Status::PendingDeletion { .. } => Err(fault::pending_deletion(&key.arn())),
        Status::Enabled | Status::Disabled => Ok(row),
    }
}
