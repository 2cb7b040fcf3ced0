//! What the service holds: parameters and their versions.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::value::Held;
use crate::table::{AnyTable, Table};

/// The state of AWS Systems Manager, Parameter Store.
#[derive(Debug)]
pub struct Ssm {
    /// By account, region and name: `111111111111/us-east-1//app/password`.
    pub parameters: Table<Parameter>,
    /// By parameter and number: `111111111111/us-east-1//app/password|0000000001`.
    pub versions: Table<Version>,
}

impl Default for Ssm {
    fn default() -> Self {
        Self { parameters: Table::new("ssm.parameter"), versions: Table::new("ssm.version") }
    }
}

impl Ssm {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 2] {
        [&mut self.parameters, &mut self.versions]
    }

    /// The newest version of the parameter in this row.
    pub(super) fn latest(&self, row: &str) -> Option<&Version> {
        self.versions.get(&version(row, self.parameters.get(row)?.latest))
    }

    /// All versions of the parameter in this row, the oldest first.
    pub(super) fn history<'a>(
        &'a self,
        row: &str,
    ) -> impl Iterator<Item = (&'a str, &'a Version)> + use<'a> {
        self.versions.under(&format!("{row}|"))
    }

    /// Takes a parameter away with all its versions; whether there was one.
    pub(super) fn remove(&mut self, row: &str) -> bool {
        let versions: Vec<_> = self.history(row).map(|(at, _)| at.to_owned()).collect();
        versions.iter().for_each(|at| {
            self.versions.remove(at);
        });
        self.parameters.remove(row).is_some()
    }
}

/// The key of a version's row.
pub(super) fn version(row: &str, number: u64) -> String {
    format!("{row}|{number:010}")
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The number of its newest version.
    pub latest: u64,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

/// A version of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// 1, 2, 3 …
    pub number: u64,
    /// `String`, `StringList` or `SecureString`.
    pub kind: String,
    /// The value; of a `SecureString`, encrypted.
    pub value: Held,
    /// The key of a `SecureString`, as it was named.
    pub key_id: Option<String>,
    /// What its owner says of it.
    pub description: Option<String>,
    /// What values must look like.
    pub pattern: Option<String>,
    /// Whether it is of the tier `Advanced` rather than `Standard`.
    pub is_advanced: bool,
    /// `text` …
    pub data_type: String,
    /// When it was made, in milliseconds since 1970.
    pub modified_ms: i64,
    /// The ARN of who made it.
    pub modified_by: String,
    /// Its labels.
    pub labels: BTreeSet<String>,
}

impl Version {
    /// `Standard` or `Advanced`.
    pub(super) fn tier(&self) -> &'static str {
        if self.is_advanced { "Advanced" } else { "Standard" }
    }
}
