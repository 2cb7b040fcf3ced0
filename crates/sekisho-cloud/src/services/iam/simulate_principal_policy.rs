//! `SimulatePrincipalPolicy`: what the gate would answer to a user, group or role. Service control
//! policies of the account are asked too. Source: IAM API Reference, "SimulatePrincipalPolicy".

use serde::{Deserialize, Serialize};

use super::simulation::subject::{self, Subject};
use super::simulation::{ContextEntry, ResultView, Scenario, results};
use super::state::Iam;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:SimulatePrincipalPolicy`.
#[derive(Debug)]
pub struct SimulatePrincipalPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The ARN of the user, group or role.
    pub policy_source_arn: String,
    /// Further policies for it.
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

impl Operation for SimulatePrincipalPolicy {
    const NAME: &'static str = "iam:SimulatePrincipalPolicy";
    const ASKS: &'static [&'static str] = &["iam:SimulatePrincipalPolicy"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![subject::ask("iam:SimulatePrincipalPolicy", &input.policy_source_arn, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let account = act.account()?;
        let arn = input.policy_source_arn.clone();
        let scenario = input.scenario();
        let subject = Subject::find(act.read(), account, &arn)?;
        let standing = Some((subject, act.view().membership(account)));
        let simulation = scenario.simulation(act.read(), account, standing)?;
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
