//! What IAM holds: users, groups, roles, managed policies, access keys.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_iam::AccountId;
use serde::{Deserialize, Serialize};

use crate::bound::BoundPolicy;
use crate::session::account_text;
use crate::table::{AnyTable, Table};
use crate::vault::Sealed;

/// The state of IAM, of all accounts.
#[derive(Debug)]
pub struct Iam {
    /// By account and name: `111111111111/alice`. Names are unique whatever their case, so the key
    /// is in lower case ([`named`]).
    pub users: Table<User>,
    /// Likewise.
    pub groups: Table<Group>,
    /// Likewise.
    pub roles: Table<Role>,
    /// Likewise.
    pub profiles: Table<InstanceProfile>,
    /// Customer managed policies, by ARN.
    pub policies: Table<ManagedPolicy>,
    /// By access key id.
    pub access_keys: Table<AccessKey>,
    /// When access keys and roles were last used: by access key id, and by the role's unique id.
    pub uses: Table<LastUse>,
    /// The aliases of accounts, by account; one alias is of one account.
    pub aliases: Table<String>,
    /// Users and roles by their unique ids. What is not here is dead, whoever bears its name today.
    pub ids: Table<Bearer>,
}

/// A row's key for a name that is unique whatever its case.
pub fn named(account: AccountId, name: &str) -> String {
    format!("{account}/{}", name.to_ascii_lowercase())
}

/// Whom a unique id belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bearer {
    /// A user: its row's key.
    User(String),
    /// A role: its row's key.
    Role(String),
}

/// The policies that users, groups and roles have alike.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Inline policies: name and text.
    pub inline: BTreeMap<String, String>,
    /// The ARNs of managed policies.
    pub managed: BTreeSet<String>,
}

/// A user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Its name, as it was given.
    pub name: String,
    /// `/` or `/division/`.
    pub path: String,
    /// `AIDA…`.
    pub id: String,
    /// Its account.
    #[serde(with = "account_text")]
    pub account: AccountId,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// Its policies.
    pub attached: Attached,
    /// The ARN of its permissions boundary.
    pub boundary: Option<String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// The groups it is in, by the keys of their rows.
    pub groups: BTreeSet<String>,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its name, as it was given.
    pub name: String,
    /// `/` or `/division/`.
    pub path: String,
    /// `AGPA…`.
    pub id: String,
    /// Its account.
    #[serde(with = "account_text")]
    pub account: AccountId,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// Its policies.
    pub attached: Attached,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// Its name, as it was given.
    pub name: String,
    /// `/` or `/division/`.
    pub path: String,
    /// `AROA…`.
    pub id: String,
    /// Its account.
    #[serde(with = "account_text")]
    pub account: AccountId,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// Its trust policy.
    pub trust: BoundPolicy,
    /// `Description`.
    pub description: Option<String>,
    /// The longest session, in seconds.
    pub session_s_max: u32,
    /// Its policies.
    pub attached: Attached,
    /// The ARN of its permissions boundary.
    pub boundary: Option<String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

/// An instance profile: how a role reaches an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceProfile {
    /// Its name, as it was given.
    pub name: String,
    /// `/` or `/division/`.
    pub path: String,
    /// `AIPA…`.
    pub id: String,
    /// Its account.
    #[serde(with = "account_text")]
    pub account: AccountId,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// The key of its role's row.
    pub role: Option<String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

/// A customer managed policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagedPolicy {
    /// Its name.
    pub name: String,
    /// `/` or `/division/`.
    pub path: String,
    /// `ANPA…`.
    pub id: String,
    /// Its ARN.
    pub arn: String,
    /// Its account.
    #[serde(with = "account_text")]
    pub account: AccountId,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// When a version was last made or set, in milliseconds since 1970.
    pub updated_ms: i64,
    /// `Description`.
    pub description: Option<String>,
    /// Its versions by number: `v1` is 1.
    pub versions: BTreeMap<u32, PolicyVersion>,
    /// The version that is in force.
    pub default: u32,
    /// The number that the next version will have: numbers are not used again.
    pub next: u32,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

/// A version of a managed policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersion {
    /// Its text.
    pub text: String,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
}

/// An access key of a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessKey {
    /// `AKIA…`.
    pub id: String,
    /// The key of its user's row.
    pub user: String,
    /// The unique id of its user.
    pub user_id: String,
    /// Its secret, sealed about its id.
    pub secret: Sealed,
    /// Whether it may sign.
    pub active: bool,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
}

/// When something was last used, as exactly as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastUse {
    /// In milliseconds since 1970.
    pub at_ms: i64,
    /// The region that was called.
    pub region: String,
    /// The service that was called: `s3`.
    pub service: String,
}

impl Default for Iam {
    fn default() -> Self {
        Self {
            users: Table::new("iam.user"),
            groups: Table::new("iam.group"),
            roles: Table::new("iam.role"),
            profiles: Table::new("iam.instance_profile"),
            policies: Table::new("iam.policy"),
            access_keys: Table::new("iam.access_key"),
            uses: Table::new("iam.use"),
            aliases: Table::new("iam.alias"),
            ids: Table::new("iam.id"),
        }
    }
}

impl Iam {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 9] {
        [
            &mut self.users,
            &mut self.groups,
            &mut self.roles,
            &mut self.profiles,
            &mut self.policies,
            &mut self.access_keys,
            &mut self.uses,
            &mut self.aliases,
            &mut self.ids,
        ]
    }

    /// The user with this unique id.
    pub fn user_by_id(&self, id: &str) -> Option<&User> {
        match self.ids.get(id)? {
            Bearer::User(key) => self.users.get(key),
            Bearer::Role(_) => None,
        }
    }

    /// The role with this unique id.
    pub fn role_by_id(&self, id: &str) -> Option<&Role> {
        match self.ids.get(id)? {
            Bearer::Role(key) => self.roles.get(key),
            Bearer::User(_) => None,
        }
    }
}

impl User {
    /// `arn:aws:iam::111111111111:user/division/alice`.
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::{}:user{}{}", self.account, self.path, self.name)
    }
}

impl Group {
    /// `arn:aws:iam::111111111111:group/division/developers`.
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::{}:group{}{}", self.account, self.path, self.name)
    }
}

impl Role {
    /// `arn:aws:iam::111111111111:role/service-role/build`.
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::{}:role{}{}", self.account, self.path, self.name)
    }
}

impl InstanceProfile {
    /// `arn:aws:iam::111111111111:instance-profile/build`.
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::{}:instance-profile{}{}", self.account, self.path, self.name)
    }
}

impl ManagedPolicy {
    /// The text that is in force.
    pub fn text(&self) -> &str {
        self.versions.get(&self.default).map_or("", |version| &version.text)
    }
}
