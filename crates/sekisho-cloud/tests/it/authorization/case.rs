//! A case of the table: an operation, and a request of it that succeeds for whoever may make it.

use sekisho_cloud::operation::Served;
use sekisho_cloud::services;
use serde_json::Value as Json;

use crate::rig::{ACCOUNTS, Rig};

/// A request that is valid in its setting, so that what refuses it is a missing permission.
pub(super) struct Case {
    /// `kms:Decrypt`.
    pub(super) operation: &'static str,
    /// What tells it from other cases of the operation; empty for the plain one.
    pub(super) variant: &'static str,
    pub(super) input: Json,
    /// The streamed body.
    pub(super) body: &'static [u8],
    /// What its parts are asked: of an operation that asks nothing itself.
    pub(super) of_parts: &'static [&'static str],
    /// What an allowed call ends in: `yes`, or the code of what is not there and cannot be put there.
    pub(super) ends_in: &'static str,
    /// Why its row looks as it does, where that surprises.
    pub(super) note: &'static str,
}

/// Who owns what the cases of a setting are about, and how it comes to be there.
pub(super) struct Setting {
    /// The account that is called about.
    pub(super) home: &'static str,
    /// Whether the accounts are in an organization, managed by `tools`.
    pub(super) organized: bool,
    /// Puts things there, and says what can be done with them.
    pub(super) furnish: fn(&mut Rig) -> Vec<Case>,
}

impl Case {
    pub(super) fn of(operation: &'static str, input: Json) -> Self {
        let (variant, note) = ("", "");
        Self { operation, variant, input, body: b"", of_parts: &[], ends_in: "yes", note }
    }

    pub(super) fn variant(self, variant: &'static str) -> Self {
        Self { variant, ..self }
    }

    pub(super) fn body(self, body: &'static [u8]) -> Self {
        Self { body, ..self }
    }

    pub(super) fn of_parts(self, of_parts: &'static [&'static str]) -> Self {
        Self { of_parts, ..self }
    }

    pub(super) fn ends_in(self, ends_in: &'static str) -> Self {
        Self { ends_in, ..self }
    }

    pub(super) fn note(self, note: &'static str) -> Self {
        Self { note, ..self }
    }

    /// What it is called in the table.
    pub(super) fn name(&self) -> String {
        match self.variant {
            "" => self.operation.to_owned(),
            variant => format!("{} {variant}", self.operation),
        }
    }

    pub(super) fn served(&self) -> &'static Served {
        let (service, operation) = self.operation.split_once(':').unwrap();
        services::find(service, operation).unwrap_or_else(|| panic!("{}", self.operation))
    }

    /// The actions that decide about it.
    pub(super) fn actions(&self) -> Vec<&'static str> {
        self.served().asks.iter().chain(self.of_parts).copied().collect()
    }
}

/// The number of an account.
pub(super) fn number(account: &str) -> &'static str {
    ACCOUNTS.iter().find(|(name, _)| *name == account).unwrap().1
}
