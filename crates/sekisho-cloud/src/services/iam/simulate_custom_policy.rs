//! `SimulateCustomPolicy`: what the gate would answer to somebody with these policies. Source: IAM
//! API Reference, "SimulateCustomPolicy".

use serde::{Deserialize, Serialize};

use super::simulation::{ContextEntry, ResultView, Scenario, results};
use super::state::Iam;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:SimulateCustomPolicy`.
#[derive(Debug)]
pub struct SimulateCustomPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The policies.
    #[serde(default)]
    pub policy_input_list: Vec<String>,
    /// Policies to take as the boundary, in place of that of the subject.
    #[serde(default)]
    pub permissions_boundary_policy_input_list: Vec<String>,
    /// The actions.
    #[serde(default)]
    pub action_names: Vec<String>,
    /// The resources; `*` where they are left out.
    #[serde(default)]
    pub resource_arns: Vec<String>,
    /// The policy of the resources.
    pub resource_policy: Option<String>,
    /// The ARN of the account that owns resources whose ARNs do not tell; that of the caller.
    pub resource_owner: Option<String>,
    /// The user who calls.
    pub caller_arn: Option<String>,
    /// Condition keys of the request.
    #[serde(default)]
    pub context_entries: Vec<ContextEntry>,
    /// Where the page begins; the first page where it is left out.
    pub marker: Option<String>,
    /// How many items a page has at most.
    pub max_items: Option<u32>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    evaluation_results: Vec<ResultView>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for SimulateCustomPolicy {
    const NAME: &'static str = "iam:SimulateCustomPolicy";
    const ASKS: &'static [&'static str] = &["iam:SimulateCustomPolicy"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, _: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to("iam:SimulateCustomPolicy")])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let scenario = input.scenario();
        let simulation = scenario.simulation(act.read(), act.account()?, None)?;
        let page = results(&simulation, &scenario)?;
        Ok(Output {
            is_truncated: page.is_truncated(),
            evaluation_results: page.items,
            marker: page.marker,
        })
    }
}

impl Input {
    fn scenario(self) -> Scenario {
        Scenario {
            policies: self.policy_input_list,
            boundary: self.permissions_boundary_policy_input_list,
            actions: self.action_names,
            resources: self.resource_arns,
            resource_policy: self.resource_policy,
            resource_owner: self.resource_owner,
            caller_arn: self.caller_arn,
            context: self.context_entries,
            marker: self.marker,
            max_items: self.max_items,
        }
    }
}
