//! How an account becomes a member.

use std::collections::BTreeMap;

use sekisho_iam::AccountId;

use super::state::{Member, Organizations};
use crate::act::Act;

impl Member {
    /// An account of the estate that joins. The estate gives accounts no addresses; theirs are in a
    /// domain that never is.
    pub(super) fn joining(account: AccountId, parent: &str, act: &Act<'_, Organizations>) -> Self {
        let name = act.directory().account_name(account).unwrap_or_default().to_owned();
        Self {
            id: account,
            name,
            email: format!("{account}@accounts.invalid"),
            parent: parent.to_owned(),
            joined_ms: act.now_ms(),
            created: false,
            tags: BTreeMap::new(),
        }
    }
}
