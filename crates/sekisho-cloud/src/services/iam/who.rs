//! Whom a request means, and how the question about them is put.
//!
//! IAM asks about the ARN of what exists (of what does not, about the one with the path `/`), and a
//! denial calls it `user alice` rather than by its ARN (recorded).

use sekisho_iam::{AccountId, Caller};

use super::fault;
use super::state::{Iam, User, named};
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

impl Iam {
    /// The user of this name.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn user(&self, account: AccountId, name: &str) -> Result<&User, Fault> {
        self.users.get(&named(account, name)).ok_or_else(|| fault::no_user(name))
    }
}
