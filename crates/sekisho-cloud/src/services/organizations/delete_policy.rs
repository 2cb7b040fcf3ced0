//! `DeletePolicy`. Source: Organizations API Reference, "DeletePolicy".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::fault;
use super::state::Organizations;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:DeletePolicy`.
#[derive(Debug)]
pub struct DeletePolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The policy.
    pub policy_id: String,
}

impl Operation for DeletePolicy {
    const NAME: &'static str = "organizations:DeletePolicy";
    const ASKS: &'static [&'static str] = &["organizations:DeletePolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_on_policy(Self::NAME, &input.policy_id, view)?])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Empty, Fault> {
        who::organization(act)?;
        let state = act.state();
        if state.policy(&input.policy_id)?.aws_managed {
            return Err(fault::immutable());
        }
        if state.targets(&input.policy_id).next().is_some() {
            let text = "The policy is attached to one or more entities. You must detach it from all roots, \
                OUs, and accounts before performing this operation.";
            return Err(fault::new("PolicyInUseException", text));
        }
        state.policies.remove(&input.policy_id);
        Ok(Empty {})
    }
}
