//! `RestoreSecret`: takes the mark for deletion away.
//! Source: Secrets Manager API Reference, "RestoreSecret".

use serde::{Deserialize, Serialize};

use super::state::SecretsManager;
use super::{find, state};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `secretsmanager:RestoreSecret`.
#[derive(Debug)]
pub struct RestoreSecret;

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

impl Operation for RestoreSecret {
    const NAME: &'static str = "secretsmanager:RestoreSecret";
    const ASKS: &'static [&'static str] = &["secretsmanager:RestoreSecret"];
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
        let mut secret = find::any(&input.secret_id, act)?;
        if let Some(until_ms) = secret.until_ms.take() {
            act.state().due.remove(&state::due(until_ms, &secret.row()));
        }
        secret.deleted_ms = None;
        let (arn, name) = (secret.arn(), secret.name.clone());
        find::keep(secret, act);
        Ok(Output { arn, name })
    }
}
