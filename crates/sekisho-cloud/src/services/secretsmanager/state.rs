//! What the service holds: secrets, their versions, and which are to end when.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_iam::AccountId;
use serde::{Deserialize, Serialize};

use crate::bound::BoundPolicy;
use crate::session::account_text;
use crate::table::{AnyTable, Table};
use crate::vault::Sealed;

/// The state of AWS Secrets Manager.
#[derive(Debug)]
pub struct SecretsManager {
    /// By account, region and name: `111111111111/us-east-1/prod/db`.
    pub secrets: Table<Secret>,
    /// By secret and id: `111111111111/us-east-1/prod/db|1234abcd-…`.
    pub versions: Table<Version>,
    /// The secrets that are marked for deletion, by the time of their end (`due`).
    pub due: Table<String>,
}

impl Default for SecretsManager {
    fn default() -> Self {
        Self {
            secrets: Table::new("secretsmanager.secret"),
            versions: Table::new("secretsmanager.version"),
            due: Table::new("secretsmanager.due"),
        }
    }
}

impl SecretsManager {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 3] {
        [&mut self.secrets, &mut self.versions, &mut self.due]
    }

    /// The secret in this row, if its time is not over.
    pub(super) fn living(&self, row: &str, now_ms: i64) -> Option<&Secret> {
        self.secrets.get(row).filter(|secret| secret.is_living(now_ms))
    }

    /// The versions of the secret in this row.
    pub(super) fn versions_of<'a>(
        &'a self,
        row: &str,
    ) -> impl Iterator<Item = (&'a str, &'a Version)> + use<'a> {
        self.versions.under(&format!("{row}|"))
    }

    /// Takes a secret away with all that it holds.
    pub(super) fn remove(&mut self, row: &str) {
        let versions: Vec<_> = self.versions_of(row).map(|(at, _)| at.to_owned()).collect();
        versions.iter().for_each(|at| {
            self.versions.remove(at);
        });
        if let Some(until_ms) = self.secrets.remove(row).and_then(|secret| secret.until_ms) {
            self.due.remove(&due(until_ms, row));
        }
    }
}

/// The key of a version's row.
pub(super) fn version(row: &str, id: &str) -> String {
    format!("{row}|{id}")
}

/// The place of a secret in the order of ends.
pub(super) fn due(until_ms: i64, row: &str) -> String {
    format!("{until_ms:015}/{row}")
}

/// A secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Secret {
    /// Its name.
    pub name: String,
    /// What stands behind its name in its ARN: six letters and digits.
    pub suffix: String,
    /// Its account.
    #[serde(with = "account_text")]
    pub account: AccountId,
    /// Its region.
    pub region: String,
    /// What its owner says of it.
    pub description: Option<String>,
    /// Its KMS key, as it was named; `None`: `aws/secretsmanager`.
    pub key_id: Option<String>,
    /// Its tags; `None` where it never had any.
    pub tags: Option<BTreeMap<String, String>>,
    /// Its resource policy.
    pub policy: Option<BoundPolicy>,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// When it was last changed.
    pub changed_ms: i64,
    /// The beginning of the day on which it was last read.
    pub accessed_ms: Option<i64>,
    /// When it was marked for deletion.
    pub deleted_ms: Option<i64>,
    /// When it ends, where it is marked for deletion.
    pub until_ms: Option<i64>,
}

/// A version of a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its id: the token of the request that made it.
    pub id: String,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// The data key, encrypted by KMS.
    pub key: Sealed,
    /// The value, encrypted under the data key.
    pub text: Sealed,
    /// Whether the value is binary rather than text.
    pub is_binary: bool,
    /// The key that encrypted the data key, as it was named.
    pub key_id: Option<String>,
    /// Its staging labels.
    pub stages: BTreeSet<String>,
    /// The beginning of the day on which it was last read.
    pub accessed_ms: Option<i64>,
}

impl Secret {
    /// The key of its row.
    pub(super) fn row(&self) -> String {
        format!("{}/{}/{}", self.account, self.region, self.name)
    }

    /// Its ARN.
    pub(super) fn arn(&self) -> String {
        let Self { account, region, name, suffix, .. } = self;
        format!("arn:aws:secretsmanager:{region}:{account}:secret:{name}-{suffix}")
    }

    /// Whether its time is not over. One whose time is over is treated as absent until its rows are
    /// taken away.
    pub(super) fn is_living(&self, now_ms: i64) -> bool {
        self.until_ms.is_none_or(|until_ms| until_ms > now_ms)
    }

    /// Its tags.
    pub(super) fn tags(&self) -> BTreeMap<String, String> {
        self.tags.clone().unwrap_or_default()
    }
}
