//! `GetResourcePolicy`.
//! Source: Secrets Manager API Reference, "GetResourcePolicy".

use serde::{Deserialize, Serialize};

use super::find;
use super::state::SecretsManager;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `secretsmanager:GetResourcePolicy`.
#[derive(Debug)]
pub struct GetResourcePolicy;

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
    /// The policy.
    pub resource_policy: Option<String>,
}

impl Operation for GetResourcePolicy {
    const NAME: &'static str = "secretsmanager:GetResourcePolicy";
    const ASKS: &'static [&'static str] = &["secretsmanager:GetResourcePolicy"];
    const EFFECT: Effect = Effect::Read;

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
        let secret = find::usable(&input.secret_id, act)?;
        let resource_policy = secret.policy.as_ref().map(|policy| policy.shown(&act.directory()));
        Ok(Output { arn: secret.arn(), name: secret.name, resource_policy })
    }
}
