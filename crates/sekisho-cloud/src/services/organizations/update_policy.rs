//! `UpdatePolicy`. Source: Organizations API Reference, "UpdatePolicy".

use serde::{Deserialize, Serialize};

use super::document;
use super::fault;
use super::state::Organizations;
use super::views::PolicyView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:UpdatePolicy`.
#[derive(Debug)]
pub struct UpdatePolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The policy.
    pub policy_id: String,
    /// Its new name.
    pub name: Option<String>,
    /// What it is for from now on.
    pub description: Option<String>,
    /// Its new text.
    pub content: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    policy: PolicyView,
}

impl Operation for UpdatePolicy {
    const NAME: &'static str = "organizations:UpdatePolicy";
    const ASKS: &'static [&'static str] = &["organizations:UpdatePolicy"];
    const EFFECT: Effect = Effect::Write;

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
        let id = &input.policy_id;
        let state = act.read();
        let policy = state.policy(id)?;
        if policy.aws_managed {
            return Err(fault::immutable());
        }
        let kind = policy.kind;
        let same = input.name.as_deref().and_then(|name| state.policy_named(kind, name));
        if same.is_some_and(|other| other.id != *id) {
            return Err(fault::policy_exists());
        }
        if let Some(text) = &input.content {
            document::check(text, kind)?;
        }
        let state = act.state();
        if let Some(policy) = state.policies.edit(id) {
            policy.name = input.name.unwrap_or_else(|| policy.name.clone());
            policy.description = input.description.unwrap_or_else(|| policy.description.clone());
            policy.text = input.content.unwrap_or_else(|| policy.text.clone());
        }
        Ok(Output { policy: PolicyView::of(state.policy(id)?, &organization) })
    }
}
