//! What KMS holds: keys with their key material, aliases, grants.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_iam::AccountId;
use serde::{Deserialize, Serialize};

use crate::bound::BoundPolicy;
use crate::session::account_text;
use crate::table::{AnyTable, Table};
use crate::vault::Sealed;

/// The state of AWS Key Management Service.
#[derive(Debug)]
pub struct Kms {
    /// By account, region and id ([`Key::row`]).
    pub keys: Table<Key>,
    /// By account, region and name: `111111111111/us-east-1/alias/app`.
    pub aliases: Table<Alias>,
    /// By key, grantee and id ([`Grant::row`]), so that those of one caller stand together.
    pub grants: Table<Grant>,
    /// The keys that are pending deletion, by the time of their end (`due`).
    pub due: Table<String>,
}

impl Default for Kms {
    fn default() -> Self {
        Self {
            keys: Table::new("kms.key"),
            aliases: Table::new("kms.alias"),
            grants: Table::new("kms.grant"),
            due: Table::new("kms.due"),
        }
    }
}

impl Kms {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 4] {
        [&mut self.keys, &mut self.aliases, &mut self.grants, &mut self.due]
    }

    /// The key in this row, if it lives.
    pub(super) fn living(&self, row: &str, now_ms: i64) -> Option<&Key> {
        self.keys.get(row).filter(|key| !key.is_gone(now_ms))
    }
}

/// The place of a key in the order of ends.
pub(super) fn due(until_ms: i64, row: &str) -> String {
    format!("{until_ms:015}/{row}")
}

/// A key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Key {
    /// A UUID.
    pub id: String,
    /// Its account.
    #[serde(with = "account_text")]
    pub account: AccountId,
    /// Its region.
    pub region: String,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// Who administers it.
    pub manager: Manager,
    /// What its owner says of it.
    pub description: String,
    /// Whether it can be used.
    pub status: Status,
    /// Its key policy.
    pub policy: BoundPolicy,
    /// Its key material, the newest last. None is ever taken away before the key dies.
    pub materials: Vec<Material>,
    /// Automatic rotation, if it is on.
    pub rotation: Option<Rotation>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// The names of its aliases.
    pub aliases: BTreeSet<String>,
}

/// Who administers a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Manager {
    /// An AWS managed key.
    Aws,
    /// A customer managed key.
    Customer,
}

/// Whether a key can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// It can.
    Enabled,
    /// Not until it is enabled.
    Disabled,
    /// It waits for its end.
    PendingDeletion {
        /// When that is, in milliseconds since 1970.
        until_ms: i64,
    },
}

/// Key material: 32 bytes, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// Its id: 64 hexadecimal digits.
    pub id: String,
    /// The bytes.
    pub sealed: Sealed,
    /// Since when it is used, in milliseconds since 1970.
    pub since_ms: i64,
    /// Where it came from.
    pub origin: MaterialOrigin,
}

/// How key material came to a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MaterialOrigin {
    /// With the key.
    Creation,
    /// By automatic rotation.
    Automatic,
    /// By `RotateKeyOnDemand`.
    OnDemand,
}

/// Automatic rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    /// `RotationPeriodInDays`.
    pub days: u16,
    /// When it rotates next, in milliseconds since 1970.
    pub next_ms: i64,
}

/// An alias.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// The row of its key.
    pub target: String,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// When it was last pointed at a key.
    pub updated_ms: i64,
}

/// A grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// 64 hexadecimal digits.
    pub id: String,
    /// The row of its key.
    pub key: String,
    /// `Name`.
    pub name: Option<String>,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// Who may use the key: a unique id for users and roles, otherwise an ARN.
    pub grantee: String,
    /// Who may retire it, named like the grantee.
    pub retiring: Option<String>,
    /// `Decrypt`, `GenerateDataKey` …
    pub operations: BTreeSet<String>,
    /// On the encryption context.
    pub constraint: Option<Constraint>,
    /// The account in which it was issued.
    #[serde(with = "account_text")]
    pub issued_by: AccountId,
}

/// What the encryption context must be for a grant to apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Constraint {
    /// Exactly these pairs.
    Equals(BTreeMap<String, String>),
    /// At least these pairs.
    Subset(BTreeMap<String, String>),
}

impl Key {
    /// The key of its row.
    pub fn row(&self) -> String {
        row(self.account, &self.region, &self.id)
    }

    /// Its ARN.
    pub fn arn(&self) -> String {
        arn(self.account, &self.region, &self.id)
    }

    /// Whether its time is over. Such a key is treated as absent until its row is taken away.
    pub fn is_gone(&self, now_ms: i64) -> bool {
        matches!(self.status, Status::PendingDeletion { until_ms } if until_ms <= now_ms)
    }

    /// The key material with which it encrypts; its number is that of the last one.
    pub fn current(&self) -> Option<(u32, &Material)> {
        let number = u32::try_from(self.materials.len().checked_sub(1)?).ok()?;
        Some((number, self.materials.last()?))
    }
}

impl Grant {
    /// The key of its row.
    pub fn row(&self) -> String {
        format!("{}{}", grants_of(&self.key, &self.grantee), self.id)
    }
}

/// How the rows of the grants on a key begin.
pub(super) fn grants_on(key: &str) -> String {
    format!("{key}|")
}

/// How the rows of a grantee's grants on a key begin.
pub(super) fn grants_of(key: &str, grantee: &str) -> String {
    format!("{key}|{grantee}|")
}

/// The key of a key's row: `111111111111/us-east-1/1234abcd-…`.
pub(super) fn row(account: AccountId, region: &str, id: &str) -> String {
    format!("{account}/{region}/{id}")
}

/// The ARN of a key.
pub(super) fn arn(account: AccountId, region: &str, id: &str) -> String {
    format!("arn:aws:kms:{region}:{account}:key/{id}")
}
