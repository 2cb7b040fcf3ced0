//! `EnablePolicyType`: from then on the policy that allows everything is attached everywhere. Source: Organizations API Reference, "EnablePolicyType".

use super::fault;
use super::policy_type::{Input, Output};
use super::state::ORGANIZATION;
use super::state::Organizations;
use super::things;
use super::views::RootView;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:EnablePolicyType`.
#[derive(Debug)]
pub struct EnablePolicyType;

impl Operation for EnablePolicyType {
    const NAME: &'static str = "organizations:EnablePolicyType";
    const ASKS: &'static [&'static str] = &["organizations:EnablePolicyType"];
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
        if !organization.all_features {
            return Err(fault::type_is_unavailable());
        }
        if organization.enables(kind) {
            let text = "The specified policy type is already enabled.";
            return Err(fault::new("PolicyTypeAlreadyEnabledException", text));
        }
        organization.enable(kind, true);
        let state = act.state();
        state.organization.put(ORGANIZATION, organization.clone());
        let policy = things::allowing_all(kind).id;
        for target in state.all_targets() {
            state.attachments.put(format!("{target}/{policy}"), ());
        }
        Ok(Output { root: RootView::of(&organization, state) })
    }
}
