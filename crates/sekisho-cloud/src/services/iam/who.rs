//! Whom a request means, and how the question about them is put.
//!
//! IAM asks about the ARN of what exists (of what does not, about the one with the path `/`), and a
//! denial calls it `user alice` rather than by its ARN (recorded).

use sekisho_iam::{AccountId, Caller};

use super::fault;
use super::state::{Group, Iam, User, named};
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
}
