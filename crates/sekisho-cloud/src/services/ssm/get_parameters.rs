//! `GetParameters`: up to ten parameters. One that may not be read refuses all.
//! Source: Systems Manager API Reference, "GetParameters".

use serde::{Deserialize, Serialize};

use super::name;
use super::shown::{self, Shown};
use super::state::Ssm;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `ssm:GetParameters`.
#[derive(Debug)]
pub struct GetParameters;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Their names.
    pub names: Vec<String>,
    /// Whether `SecureString`s are to be decrypted.
    pub with_decryption: Option<bool>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Those that are there.
    pub parameters: Vec<Shown>,
    /// The names of those that are not.
    pub invalid_parameters: Vec<String>,
}

impl Operation for GetParameters {
    const NAME: &'static str = "ssm:GetParameters";
    const ASKS: &'static [&'static str] = &["ssm:GetParameters"];
    const EFFECT: Effect = Effect::Read;

    type State = Ssm;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Ssm>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = |name: &String| name::ask(Self::NAME, name, view);
        input.names.iter().map(ask).collect()
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Ssm>) -> Result<Output, Fault> {
        let decrypts = input.with_decryption.unwrap_or_default();
        let mut out = Output { parameters: Vec::new(), invalid_parameters: Vec::new() };
        for name in input.names {
            let named = name::of_call(&name, act)?;
            match name::selected(&named, act.read()) {
                Ok(_) => out.parameters.push(shown::show(&named, decrypts, act)?),
                Err(_) => out.invalid_parameters.push(name),
            }
        }
        Ok(out)
    }
}
