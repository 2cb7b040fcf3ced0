//! Roles: how they are found, and how the question about one is put.

use sekisho_iam::AccountId;

use super::fault;
use super::state::{Iam, Role, named};
use crate::act::View;
use crate::ask::Ask;
use crate::fault::Fault;

/// A question about a role.
pub(super) fn ask<'a>(
    action: &'static str,
    name: &str,
    view: &View<'a, Iam>,
) -> Result<Ask<'a>, Fault> {
    let account = view.account()?;
    let known = view.state().roles.get(&named(account, name));
    let arn = known.map_or_else(|| format!("arn:aws:iam::{account}:role/{name}"), Role::arn);
    let ask = Ask::to(action).on(arn).shown_as(format!("role {name}"));
    Ok(match known {
        Some(role) => ask.tagged(&role.tags).with_map("iam:ResourceTag", '/', &role.tags),
        None => ask,
    })
}

/// A question about a role whose answer may depend on the boundary that the role has now.
pub(super) fn ask_bounded<'a>(
    action: &'static str,
    name: &str,
    view: &View<'a, Iam>,
) -> Result<Ask<'a>, Fault> {
    let known = view.state().roles.get(&named(view.account()?, name));
    let boundary = known.and_then(|role| role.boundary.as_deref());
    Ok(ask(action, name, view)?.with_some("iam:PermissionsBoundary", boundary))
}

/// Whether the caller may give a role to a service. A denial calls the role by its ARN (recorded).
pub(super) fn ask_pass<'a>(
    name: &str,
    service: &'static str,
    view: &View<'a, Iam>,
) -> Result<Ask<'a>, Fault> {
    let ask = ask("iam:PassRole", name, view)?;
    let arn = ask.resource.arn.clone();
    Ok(ask.shown_as(arn).with("iam:PassedToService", service))
}

impl Iam {
    /// The role of this name.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn role(&self, account: AccountId, name: &str) -> Result<&Role, Fault> {
        self.roles.get(&named(account, name)).ok_or_else(|| fault::no_role(name))
    }
}
