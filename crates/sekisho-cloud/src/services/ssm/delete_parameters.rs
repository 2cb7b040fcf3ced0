//! `DeleteParameters`: up to ten parameters. One that may not be deleted refuses all.
//! Source: Systems Manager API Reference, "DeleteParameters".

use serde::{Deserialize, Serialize};

use super::name;
use super::state::Ssm;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `ssm:DeleteParameters`.
#[derive(Debug)]
pub struct DeleteParameters;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Their names.
    pub names: Vec<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Those that are gone.
    pub deleted_parameters: Vec<String>,
    /// Those that were not there.
    pub invalid_parameters: Vec<String>,
}

impl Operation for DeleteParameters {
    const NAME: &'static str = "ssm:DeleteParameters";
    const ASKS: &'static [&'static str] = &["ssm:DeleteParameters"];
    const EFFECT: Effect = Effect::Write;

    type State = Ssm;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Ssm>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = |name: &String| name::ask(Self::NAME, name, view);
        input.names.iter().map(ask).collect()
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Ssm>) -> Result<Output, Fault> {
        let mut out = Output { deleted_parameters: Vec::new(), invalid_parameters: Vec::new() };
        for name in input.names {
            let row = name::of_call(&name, act)?.row;
            match act.state().remove(&row) {
                true => out.deleted_parameters.push(name),
                false => out.invalid_parameters.push(name),
            }
        }
        Ok(out)
    }
}
