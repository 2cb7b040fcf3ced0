//! `DescribePolicy`. Source: Organizations API Reference, "DescribePolicy".

use serde::{Deserialize, Serialize};

use super::state::Organizations;
use super::views::PolicyView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:DescribePolicy`.
#[derive(Debug)]
pub struct DescribePolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The policy.
    pub policy_id: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    policy: PolicyView,
}

impl Operation for DescribePolicy {
    const NAME: &'static str = "organizations:DescribePolicy";
    const ASKS: &'static [&'static str] = &["organizations:DescribePolicy"];
    const EFFECT: Effect = Effect::Read;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_on_policy(Self::NAME, &input.policy_id, view)?])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        let organization = who::organization(act)?;
        let policy = act.read().policy(&input.policy_id)?;
        Ok(Output { policy: PolicyView::of(policy, &organization) })
    }
}
