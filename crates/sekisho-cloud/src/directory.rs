//! Who exists: accounts, users and roles, for whoever must know without touching IAM's state.

use aws_lc_rs::digest;
use sekisho_iam::{AccountId, Arn};

use crate::accounts::Accounts;
use crate::services::iam::managed;
use crate::services::iam::state::{Bearer, Iam, named};

pub use crate::services::iam::state::Role;

/// A view of who exists.
#[derive(Debug, Clone, Copy)]
pub struct Directory<'a> {
    accounts: &'a Accounts,
    iam: &'a Iam,
    epoch: u64,
}

impl<'a> Directory<'a> {
    pub(crate) fn new(accounts: &'a Accounts, iam: &'a Iam, epoch: u64) -> Self {
        Self { accounts, iam, epoch }
    }

    /// A number that changes whenever a user or role comes or goes.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Whether the account exists.
    pub fn has_account(&self, account: AccountId) -> bool {
        self.accounts.has(account)
    }

    /// The name of an account.
    pub fn account_name(&self, account: AccountId) -> Option<&'a str> {
        self.accounts.rows.get(&account.to_string()).map(|known| known.name.as_str())
    }

    /// The unique id of the user or role with this ARN, path and all.
    pub fn id_of(&self, arn: &str) -> Option<String> {
        let parsed = Arn::parse(arn)?;
        let account = parsed.account_id()?;
        let (kind, rest) = parsed.resource.split_once('/')?;
        let key = named(account, rest.rsplit('/').next()?);
        let (id, known) = match kind {
            "user" => self.iam.users.get(&key).map(|user| (user.id.clone(), user.arn()))?,
            "role" => self.iam.roles.get(&key).map(|role| (role.id.clone(), role.arn()))?,
            _ => return None,
        };
        (known == arn).then_some(id)
    }

    /// The ARN of the living user or role with this unique id.
    pub fn arn_of(&self, id: &str) -> Option<String> {
        Some(match self.iam.ids.get(id)? {
            Bearer::User(key) => self.iam.users.get(key)?.arn(),
            Bearer::Role(key) => self.iam.roles.get(key)?.arn(),
        })
    }

    /// The role with this ARN, path and all.
    pub fn role(&self, arn: &str) -> Option<&'a Role> {
        let account = Arn::parse(arn)?.account_id()?;
        let role = self.iam.roles.get(&named(account, arn.rsplit('/').next()?))?;
        (role.arn() == arn).then_some(role)
    }

    /// Whether this is a managed policy that principals of an account can have: the account's own,
    /// or AWS's.
    pub fn has_managed_policy(&self, account: AccountId, arn: &str) -> bool {
        let Some(parsed) = Arn::parse(arn) else { return false };
        let reachable = parsed.account == "aws" || parsed.account_id() == Some(account);
        reachable && managed::text(self.iam, arn).is_some()
    }

    /// Whether an account has a role of this name, whatever its path.
    pub fn has_role_named(&self, account: AccountId, name: &str) -> bool {
        self.iam.roles.has(&named(account, name))
    }

    /// The account with this canonical user id.
    pub fn account_of_canonical_user(&self, id: &str) -> Option<AccountId> {
        self.accounts.ids().find(|account| canonical_user(*account) == id)
    }
}

/// The canonical user id of an account: 64 hexadecimal digits. How AWS makes them is not known; ours
/// follow from the account's number. Source: S3 User Guide, "Canonical user ID".
pub fn canonical_user(account: AccountId) -> String {
    let text = format!("canonical user of {account}");
    hex::encode(digest::digest(&digest::SHA256, text.as_bytes()))
}
