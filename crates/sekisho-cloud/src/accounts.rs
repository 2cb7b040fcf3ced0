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
}

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
        Self { rows: Table::new("account") }
    }
}

impl Accounts {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 1] {
        [&mut self.rows]
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
}
