//! `GetParameter`: a parameter with its value.
//! Source: Systems Manager API Reference, "GetParameter".

use serde::{Deserialize, Serialize};

use super::name;
use super::shown::{self, Shown};
use super::state::Ssm;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `ssm:GetParameter`.
#[derive(Debug)]
pub struct GetParameter;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its name or ARN, with a version or label behind it where one is meant.
    pub name: String,
    /// Whether a `SecureString` is to be decrypted.
    pub with_decryption: Option<bool>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The parameter.
    pub parameter: Shown,
}

impl Operation for GetParameter {
    const NAME: &'static str = "ssm:GetParameter";
    const ASKS: &'static [&'static str] = &["ssm:GetParameter"];
    const EFFECT: Effect = Effect::Read;

    type State = Ssm;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Ssm>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![name::ask(Self::NAME, &input.name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Ssm>) -> Result<Output, Fault> {
        let named = name::of_call(&input.name, act)?;
        let decrypts = input.with_decryption.unwrap_or_default();
        Ok(Output { parameter: shown::show(&named, decrypts, act)? })
    }
}
