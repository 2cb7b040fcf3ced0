//! `CreateOrganization`: its caller becomes the management account. Source: Organizations API Reference, "CreateOrganization".

use serde::{Deserialize, Serialize};

use super::fault;
use super::ids;
use super::state::Member;
use super::state::ORGANIZATION;
use super::state::Organization;
use super::state::OrganizationPolicyKind as Kind;
use super::state::Organizations;
use super::state::Unit;
use super::things;
use super::views::OrganizationView;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use std::collections::BTreeMap;

/// What the organization is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeatureSet {
    /// Policies and bills.
    #[serde(rename = "ALL")]
    All,
    /// Bills only.
    #[serde(rename = "CONSOLIDATED_BILLING")]
    ConsolidatedBilling,
}

/// `organizations:CreateOrganization`.
#[derive(Debug)]
pub struct CreateOrganization;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// All features, where it is left out.
    pub feature_set: Option<FeatureSet>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    organization: OrganizationView,
}

impl Operation for CreateOrganization {
    const NAME: &'static str = "organizations:CreateOrganization";
    const ASKS: &'static [&'static str] = &["organizations:CreateOrganization"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, _: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to(Self::NAME)])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        let account = act.account()?;
        let state = act.read();
        if state.of(account).is_some() {
            return Err(fault::already_in());
        }
        if !state.organization.is_empty() {
            return Err(Fault::not_served(
                "the estate has an organization already, and this engine holds one; make this account a \
         member of it",
            ));
        }
        let all_features = input.feature_set != Some(FeatureSet::ConsolidatedBilling);
        let root = ids::root(act.dice());
        let organization = Organization {
            id: ids::organization(act.dice()),
            root: root.clone(),
            management: account,
            all_features,
            scps: all_features,
            rcps: false,
        };
        let member = Member::joining(account, &root, act);
        let unit =
            Unit { id: root.clone(), name: "Root".to_owned(), parent: None, tags: BTreeMap::new() };
        let state = act.state();
        for kind in Kind::ALL {
            let policy = things::allowing_all(kind);
            state.policies.put(policy.id.clone(), policy);
        }
        state.organization.put(ORGANIZATION, organization.clone());
        state.units.put(root.clone(), unit);
        state.members.put(account.to_string(), member);
        state.open_up(&root);
        state.open_up(&account.to_string());
        Ok(Output { organization: OrganizationView::of(&organization, state) })
    }
}
