//! Whom a request means, and how the question about them is put.
//!
//! IAM asks about the ARN of what exists (of what does not, about the one with the path `/`), and a
//! denial calls it `user alice` rather than by its ARN (recorded).

use sekisho_iam::{AccountId, Caller};

use super::fault;
use super::state::{AccessKey, Group, Iam, User, named};
use crate::act::View;
use crate::ask::Ask;
use crate::fault::Fault;
use crate::principal::Principal;

/// The user that is named, or the one who calls.
pub(super) fn user(name: Option<&str>, principal: &Principal) -> Result<String, Fault> {
    match (name, &principal.caller) {
        (Some(name), _) => Ok(name.to_owned()),
        (None, Caller::User(user)) => {
            Ok(user.arn.rsplit('/').next().unwrap_or_default().to_owned())
        }
        (None, _) => Err(fault::needs_user_name()),
    }
}

/// A question about a user.
pub(super) fn ask_user<'a>(
    action: &'static str,
    name: &str,
    view: &View<'a, Iam>,
) -> Result<Ask<'a>, Fault> {
    let account = view.account()?;
    let known = view.state().users.get(&named(account, name));
    let arn = known.map_or_else(|| format!("arn:aws:iam::{account}:user/{name}"), User::arn);
    let ask = Ask::to(action).on(arn).shown_as(format!("user {name}"));
    Ok(match known {
        Some(user) => ask.tagged(&user.tags).with_map("iam:ResourceTag", '/', &user.tags),
        None => ask,
    })
}

/// A question about what a user may do: it tells the boundary that the user has now.
pub(super) fn ask_permissions_of_user<'a>(
    action: &'static str,
    name: &str,
    view: &View<'a, Iam>,
) -> Result<Ask<'a>, Fault> {
    let known = view.state().users.get(&named(view.account()?, name));
    let boundary = known.and_then(|user| user.boundary.as_deref());
    Ok(ask_user(action, name, view)?.with_some("iam:PermissionsBoundary", boundary))
}

/// A question about a group.
pub(super) fn ask_group<'a>(
    action: &'static str,
    name: &str,
    view: &View<'a, Iam>,
) -> Result<Ask<'a>, Fault> {
    let account = view.account()?;
    let known = view.state().groups.get(&named(account, name));
    let arn = known.map_or_else(|| format!("arn:aws:iam::{account}:group/{name}"), Group::arn);
    Ok(Ask::to(action).on(arn).shown_as(format!("group {name}")))
}

/// A question about all users, roles or groups (`kind`): it is put about `*`, and a denial names the
/// path (recorded).
pub(super) fn ask_list<'a>(
    action: &'static str,
    kind: &str,
    path_prefix: Option<&str>,
    view: &View<'a, Iam>,
) -> Result<Ask<'a>, Fault> {
    let shown = format!("arn:aws:iam::{}:{kind}{}", view.account()?, path_prefix.unwrap_or("/"));
    Ok(Ask::to(action).shown_as(shown))
}

impl Iam {
    /// The user of this name.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn user(&self, account: AccountId, name: &str) -> Result<&User, Fault> {
        self.users.get(&named(account, name)).ok_or_else(|| fault::no_user(name))
    }

    /// The group of this name.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn group(&self, account: AccountId, name: &str) -> Result<&Group, Fault> {
        self.groups.get(&named(account, name)).ok_or_else(|| fault::no_group(name))
    }

    /// Who is in the group of this name, with the keys of their rows.
    pub(super) fn members<'a>(
        &'a self,
        account: AccountId,
        group: &str,
    ) -> impl Iterator<Item = (&'a str, &'a User)> + use<'a> {
        let group = named(account, group);
        let users = self.users.under(&format!("{account}/"));
        users.filter(move |(_, user)| user.groups.contains(&group))
    }

    /// The access keys of the user with this row, by their ids.
    pub(super) fn keys_of<'a>(
        &'a self,
        user: &'a str,
    ) -> impl Iterator<Item = &'a AccessKey> + use<'a> {
        self.access_keys.iter().map(|(_, key)| key).filter(move |key| key.user == user)
    }

    /// The access key with this id of the user of this name.
    ///
    /// # Errors
    /// When there is no such user, or the key is not that user's.
    pub(super) fn key_of(
        &self,
        account: AccountId,
        user: &str,
        id: &str,
    ) -> Result<&AccessKey, Fault> {
        self.user(account, user)?;
        let key = self.access_keys.get(id).filter(|key| key.user == named(account, user));
        key.ok_or_else(|| fault::no_access_key(id))
    }
}
