//! `ListTargetsForPolicy`. Source: Organizations API Reference, "ListTargetsForPolicy".

use serde::{Deserialize, Serialize};

use super::page::page;
use super::state::Organizations;
use super::views::TargetView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:ListTargetsForPolicy`.
#[derive(Debug)]
pub struct ListTargetsForPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The policy.
    pub policy_id: String,
    /// Where the page begins.
    pub next_token: Option<String>,
    /// How many items it has at most.
    pub max_results: Option<usize>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    targets: Vec<TargetView>,
    next_token: Option<String>,
}

impl Operation for ListTargetsForPolicy {
    const NAME: &'static str = "organizations:ListTargetsForPolicy";
    const ASKS: &'static [&'static str] = &["organizations:ListTargetsForPolicy"];
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
        let state = act.read();
        state.policy(&input.policy_id)?;
        let targets = state.targets(&input.policy_id);
        let targets = targets.map(|id| (id.to_owned(), TargetView::of(id, &organization, state)));
        let (targets, next_token) = page(targets, input.next_token.as_deref(), input.max_results)?;
        Ok(Output { targets, next_token })
    }
}
