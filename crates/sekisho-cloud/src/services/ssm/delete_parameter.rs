//! `DeleteParameter`: with all versions.
//! Source: Systems Manager API Reference, "DeleteParameter".

use serde::{Deserialize, Serialize};

use super::state::Ssm;
use super::{fault, name};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `ssm:DeleteParameter`.
#[derive(Debug)]
pub struct DeleteParameter;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its name.
    pub name: String,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for DeleteParameter {
    const NAME: &'static str = "ssm:DeleteParameter";
    const ASKS: &'static [&'static str] = &["ssm:DeleteParameter"];
    const EFFECT: Effect = Effect::Write;

    type State = Ssm;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Ssm>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![name::ask(Self::NAME, &input.name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Ssm>) -> Result<Output, Fault> {
        let row = name::of_call(&input.name, act)?.row;
        if act.state().remove(&row) { Ok(Output {}) } else { Err(fault::not_found()) }
    }
}
