//! `ListPolicies`. Source: Organizations API Reference, "ListPolicies".

use serde::{Deserialize, Serialize};

use super::page::page;
use super::state::OrganizationPolicyKind as Kind;
use super::state::Organizations;
use super::views::PolicySummary;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:ListPolicies`.
#[derive(Debug)]
pub struct ListPolicies;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// What the policies control.
    pub filter: Kind,
    /// Where the page begins.
    pub next_token: Option<String>,
    /// How many items it has at most.
    pub max_results: Option<usize>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    policies: Vec<PolicySummary>,
    next_token: Option<String>,
}

impl Operation for ListPolicies {
    const NAME: &'static str = "organizations:ListPolicies";
    const ASKS: &'static [&'static str] = &["organizations:ListPolicies"];
    const EFFECT: Effect = Effect::Read;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask(Self::NAME, view)?.with("organizations:PolicyType", input.filter.name())])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        let organization = who::organization(act)?;
        let policies = act.read().policies.iter().filter(|(_, policy)| policy.kind == input.filter);
        let policies =
            policies.map(|(id, one)| (id.to_owned(), PolicySummary::of(one, &organization)));
        let (policies, next_token) =
            page(policies, input.next_token.as_deref(), input.max_results)?;
        Ok(Output { policies, next_token })
    }
}
