//! What `EnablePolicyType` and `DisablePolicyType` have alike: a kind of policies, in the root.

use serde::{Deserialize, Serialize};

use super::state::{Organization, OrganizationPolicyKind, Organizations};
use super::views::RootView;
use super::{fault, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The root.
    pub root_id: String,
    /// What the policies control.
    pub policy_type: OrganizationPolicyKind,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    pub(super) root: RootView,
}

impl Input {
    pub(super) fn asks<'a>(
        &self,
        action: &'static str,
        view: &View<'a, Organizations>,
    ) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = who::ask_on(action, &self.root_id, view)?;
        Ok(vec![ask.with("organizations:PolicyType", self.policy_type.name())])
    }

    /// The organization whose root is meant.
    ///
    /// # Errors
    /// When there is no such root.
    pub(super) fn organization(&self, act: &Act<'_, Organizations>) -> Result<Organization, Fault> {
        let organization = who::organization(act)?;
        let is_its_root = self.root_id == organization.root;
        if is_its_root { Ok(organization) } else { Err(fault::no_root()) }
    }
}
