//! `SimulatePrincipalPolicy`: what the gate would answer to a user, group or role. Service control
//! policies of the account are asked too. Source: IAM API Reference, "SimulatePrincipalPolicy".

use serde::{Deserialize, Serialize};

use super::simulation::subject::{self, Subject};
use super::simulation::{Output, simulates};
use super::state::Iam;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:SimulatePrincipalPolicy`.
#[derive(Debug)]
pub struct SimulatePrincipalPolicy;

simulates! {
    /// The input.
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase", deny_unknown_fields)]
    pub struct Input {
        /// The ARN of the user, group or role.
        pub policy_source_arn: String,
    }
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
        Output::of(&simulation, &scenario)
    }
}
