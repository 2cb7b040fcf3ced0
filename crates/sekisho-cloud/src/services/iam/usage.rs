//! Who has managed policies, and how often.

use std::collections::BTreeMap;

use sekisho_iam::AccountId;

use super::state::{Attached, Iam};

/// A user, group or role, as far as its managed policies go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entity<'a> {
    /// `User`, `Group` or `Role`.
    pub(super) kind: &'static str,
    /// Its name.
    pub(super) name: &'a str,
    /// Its unique id.
    pub(super) id: &'a str,
    /// Its path.
    pub(super) path: &'a str,
    /// Its policies.
    pub(super) attached: &'a Attached,
    /// Its permissions boundary.
    pub(super) boundary: Option<&'a str>,
}

/// Groups, roles and users of an account, each in the order of their names.
pub(super) fn entities(iam: &Iam, account: AccountId) -> impl Iterator<Item = Entity<'_>> {
    let prefix = format!("{account}/");
    let groups = iam.groups.under(&prefix).map(|(_, group)| Entity {
        kind: "Group",
        name: &group.name,
        id: &group.id,
        path: &group.path,
        attached: &group.attached,
        boundary: None,
    });
    let roles = iam.roles.under(&prefix).map(|(_, role)| Entity {
        kind: "Role",
        name: &role.name,
        id: &role.id,
        path: &role.path,
        attached: &role.attached,
        boundary: role.boundary.as_deref(),
    });
    let users = iam.users.under(&prefix).map(|(_, user)| Entity {
        kind: "User",
        name: &user.name,
        id: &user.id,
        path: &user.path,
        attached: &user.attached,
        boundary: user.boundary.as_deref(),
    });
    groups.chain(roles).chain(users)
}

/// How often a managed policy is used in an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Usage {
    /// By how many users, groups and roles it is had.
    pub(super) attachments: u32,
    /// Of how many users and roles it is the boundary.
    pub(super) boundaries: u32,
}

/// How often each managed policy is used in an account.
#[derive(Debug)]
pub(super) struct Usages<'a>(BTreeMap<&'a str, Usage>);

impl<'a> Usages<'a> {
    /// Counts them.
    pub(super) fn of(iam: &'a Iam, account: AccountId) -> Self {
        let mut usages: BTreeMap<&str, Usage> = BTreeMap::new();
        for entity in entities(iam, account) {
            for arn in &entity.attached.managed {
                usages.entry(arn).or_default().attachments += 1;
            }
            if let Some(arn) = entity.boundary {
                usages.entry(arn).or_default().boundaries += 1;
            }
        }
        Self(usages)
    }

    /// How often this one is used.
    pub(super) fn get(&self, arn: &str) -> Usage {
        self.0.get(arn).copied().unwrap_or_default()
    }
}
