//! `DeleteResourcePolicy`.
//! Source: Secrets Manager API Reference, "DeleteResourcePolicy".

use serde::{Deserialize, Serialize};

use super::find;
use super::state::SecretsManager;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `secretsmanager:DeleteResourcePolicy`.
#[derive(Debug)]
pub struct DeleteResourcePolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The name or ARN of the secret.
    pub secret_id: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Its ARN.
    #[serde(rename = "ARN")]
    pub arn: String,
    /// Its name.
    pub name: String,
}

impl Operation for DeleteResourcePolicy {
    const NAME: &'static str = "secretsmanager:DeleteResourcePolicy";
    const ASKS: &'static [&'static str] = &["secretsmanager:DeleteResourcePolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = SecretsManager;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, SecretsManager>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![find::ask(Self::NAME, &input.secret_id, view)?])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, SecretsManager>,
    ) -> Result<Output, Fault> {
        let mut secret = find::usable(&input.secret_id, act)?;
        secret.policy = None;
        let (arn, name) = (secret.arn(), secret.name.clone());
        find::keep(secret, act);
        Ok(Output { arn, name })
    }
}
