//! What happens to keys by the clock: automatic rotation, and the end of those pending deletion.
//!
//! Nothing runs by itself in the engine. A key whose time is over counts as gone from that moment
//! ([`super::state::Kms::living`]); its row, with the key material in it, is taken away by the next
//! call that acts on any key. Rotation that has come due is made up for before a key is used.

use super::cipher;
use super::state::{Kms, MaterialOrigin, Status};
use crate::act::Act;
use crate::fault::Fault;

/// A day, in milliseconds.
pub(super) const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Buries dead keys and rotates this one where that is due.
pub(super) fn up_to_date(row: &str, act: &mut Act<'_, Kms>) -> Result<(), Fault> {
    bury(act);
    while let Some(due_ms) = rotation_due(row, act) {
        let material = cipher::new_material(row, due_ms, MaterialOrigin::Automatic, act)?;
        let Some(key) = act.state().keys.edit(row) else { return Ok(()) };
        key.materials.push(material);
        if let Some(rotation) = &mut key.rotation {
            rotation.next_ms = due_ms + i64::from(rotation.days) * DAY_MS;
        }
    }
    Ok(())
}

/// When the key should have been rotated and was not.
fn rotation_due(row: &str, act: &Act<'_, Kms>) -> Option<i64> {
    let key = act.read().keys.get(row).filter(|key| key.status == Status::Enabled)?;
    key.rotation.map(|rotation| rotation.next_ms).filter(|next_ms| *next_ms <= act.now_ms())
}

/// Takes away the keys whose time is over, with their aliases and grants.
pub(super) fn bury(act: &mut Act<'_, Kms>) {
    let now_ms = act.now_ms();
    loop {
        let first = act.read().due.iter().next().map(|(at, row)| (at.to_owned(), row.clone()));
        let Some((at, row)) = first else { return };
        let until_ms = at.split('/').next().and_then(|ms| ms.parse::<i64>().ok());
        if until_ms.is_none_or(|until_ms| until_ms > now_ms) {
            return;
        }
        let state = act.state();
        state.due.remove(&at);
        remove(&row, state);
    }
}

fn remove(row: &str, state: &mut Kms) {
    let Some(key) = state.keys.remove(row) else { return };
    for alias in &key.aliases {
        state.aliases.remove(&super::state::row(key.account, &key.region, alias));
    }
    let grants: Vec<_> =
        state.grants.under(&format!("{row}|")).map(|(at, _)| at.to_owned()).collect();
    grants.iter().for_each(|at| {
        state.grants.remove(at);
    });
}
