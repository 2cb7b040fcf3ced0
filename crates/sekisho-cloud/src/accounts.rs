//! The accounts of the estate.

use sekisho_iam::AccountId;
use serde::{Deserialize, Serialize};

use crate::session::account_text;
use crate::table::{AnyTable, Table};

/// All accounts.
#[derive(Debug)]
pub struct Accounts {
    /// By number.
    pub(crate) rows: Table<Account>,
    /// How far the engine's clock is ahead of the machine's, in milliseconds: one row, [`CLOCK`].
    pub(crate) clock: Table<i64>,
}

/// The key of the one row of [`Accounts::clock`].
const CLOCK: &str = "ahead_ms";

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its number.
    #[serde(with = "account_text")]
    pub id: AccountId,
    /// Its name in the estate: `production`.
    pub name: String,
}

impl Default for Accounts {
    fn default() -> Self {
        Self { rows: Table::new("account"), clock: Table::new("clock") }
    }
}

impl Accounts {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 2] {
        [&mut self.rows, &mut self.clock]
    }

    /// Whether there is such an account.
    pub fn has(&self, account: AccountId) -> bool {
        self.rows.has(&account.to_string())
    }

    /// All accounts, by number.
    pub fn iter(&self) -> impl Iterator<Item = &Account> {
        self.rows.iter().map(|(_, account)| account)
    }

    /// The numbers of all accounts.
    pub fn ids(&self) -> impl Iterator<Item = AccountId> {
        self.iter().map(|account| account.id)
    }

    /// How far the engine's clock is ahead of the machine's, in milliseconds.
    pub fn clock_ahead_ms(&self) -> i64 {
        self.clock.get(CLOCK).copied().unwrap_or_default()
    }

    /// Moves the engine's clock forward; it never goes back.
    pub(crate) fn advance_clock(&mut self, by_ms: i64) {
        let ahead_ms = self.clock_ahead_ms().saturating_add(by_ms.max(0));
        self.clock.put(CLOCK, ahead_ms);
    }
}
