//! `DisablePolicyType`: all policies of the type are detached everywhere. The reply still shows the
//! type as enabled (recorded). Source: Organizations API Reference, "DisablePolicyType".

use super::fault;
use super::policy_type::{Input, Output};
use super::state::ORGANIZATION;
use super::state::Organizations;
use super::views::RootView;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:DisablePolicyType`.
#[derive(Debug)]
pub struct DisablePolicyType;

impl Operation for DisablePolicyType {
    const NAME: &'static str = "organizations:DisablePolicyType";
    const ASKS: &'static [&'static str] = &["organizations:DisablePolicyType"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        input.asks(Self::NAME, view)
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        let mut organization = input.organization(act)?;
        let kind = input.policy_type;
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
