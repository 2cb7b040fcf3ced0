//! Instance profiles: how they are found, and how the question about one is put.

use sekisho_iam::AccountId;

use super::fault;
use super::state::{Iam, InstanceProfile, named};
use crate::act::View;
use crate::ask::Ask;
use crate::fault::Fault;

/// A question about an instance profile.
pub(super) fn ask<'a>(
    action: &'static str,
    name: &str,
    view: &View<'a, Iam>,
) -> Result<Ask<'a>, Fault> {
    let account = view.account()?;
    let known = view.state().profiles.get(&named(account, name));
    let unknown = || format!("arn:aws:iam::{account}:instance-profile/{name}");
    let arn = known.map_or_else(unknown, InstanceProfile::arn);
    let ask = Ask::to(action).on(arn).shown_as(format!("instance profile {name}"));
    Ok(match known {
        Some(profile) => ask.tagged(&profile.tags).with_map("iam:ResourceTag", '/', &profile.tags),
        None => ask,
    })
}

impl Iam {
    /// The instance profile of this name.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn profile(
        &self,
        account: AccountId,
        name: &str,
    ) -> Result<&InstanceProfile, Fault> {
        self.profiles.get(&named(account, name)).ok_or_else(|| fault::no_profile(name))
    }

    /// The instance profiles that hold a role, by the key of its row.
    pub(super) fn profiles_of<'a>(
        &'a self,
        role: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a InstanceProfile)> {
        let account = role.split_once('/').map_or("", |(account, _)| account);
        let all = self.profiles.under(&format!("{account}/"));
        all.filter(move |(_, profile)| profile.role.as_deref() == Some(role))
    }
}
