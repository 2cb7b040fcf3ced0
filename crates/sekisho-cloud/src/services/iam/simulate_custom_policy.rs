//! `SimulateCustomPolicy`: what the gate would answer to somebody with these policies. Source: IAM
//! API Reference, "SimulateCustomPolicy".

use serde::{Deserialize, Serialize};

use super::simulation::{Output, simulates};
use super::state::Iam;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:SimulateCustomPolicy`.
#[derive(Debug)]
pub struct SimulateCustomPolicy;

simulates! {
    /// The input.
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(rename_all = "PascalCase", deny_unknown_fields)]
    pub struct Input {
    }
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
        Output::of(&simulation, &scenario)
    }
}
