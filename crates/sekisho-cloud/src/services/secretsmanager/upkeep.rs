//! The end of secrets that are marked for deletion. Nothing runs by itself in the engine: a secret
//! whose recovery window has passed counts as gone from that moment, and its rows are taken away by
//! the next call that makes or deletes any secret.

use super::state::SecretsManager;
use crate::act::Act;

/// Takes away the secrets whose time is over.
pub(super) fn bury(act: &mut Act<'_, SecretsManager>) {
    let now_ms = act.now_ms();
    loop {
        let first = act.read().due.iter().next().map(|(at, row)| (at.to_owned(), row.clone()));
        let Some((at, row)) = first else { return };
        let until_ms = at.split('/').next().and_then(|ms| ms.parse::<i64>().ok());
        if until_ms.is_none_or(|until_ms| until_ms > now_ms) {
            return;
        }
        act.state().due.remove(&at);
        act.state().remove(&row);
    }
}
