//! `DisablePolicyType`: all policies of the type are detached everywhere. The reply still shows the
//! type as enabled (recorded). Source: Organizations API Reference, "DisablePolicyType".

use serde::{Deserialize, Serialize};

use super::fault;
use super::state::ORGANIZATION;
use super::state::OrganizationPolicyKind as Kind;
use super::state::Organizations;
use super::views::RootView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:DisablePolicyType`.
#[derive(Debug)]
pub struct DisablePolicyType;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The root.
    pub root_id: String,
    /// What the policies control.
    pub policy_type: Kind,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    root: RootView,
}

impl Operation for DisablePolicyType {
    const NAME: &'static str = "organizations:DisablePolicyType";
    const ASKS: &'static [&'static str] = &["organizations:DisablePolicyType"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = who::ask_on(Self::NAME, &input.root_id, view)?;
        Ok(vec![ask.with("organizations:PolicyType", input.policy_type.name())])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        let mut organization = who::organization(act)?;
        let kind = input.policy_type;
        if input.root_id != organization.root {
            return Err(fault::no_root());
        }
        if !organization.enables(kind) {
            return Err(fault::type_is_off());
        }
        let root = RootView::of(&organization, act.read());
        organization.enable(kind, false);
        let state = act.state();
        state.organization.put(ORGANIZATION, organization);
        for target in state.all_targets() {
            let attached: Vec<_> =
                state.attached(&target, kind).map(|one| one.id.clone()).collect();
            attached.iter().for_each(|policy| {
                state.attachments.remove(&format!("{target}/{policy}"));
            });
        }
        Ok(Output { root })
    }
}
