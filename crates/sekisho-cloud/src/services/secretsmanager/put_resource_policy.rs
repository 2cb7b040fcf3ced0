//! `PutResourcePolicy`.
//! Source: Secrets Manager API Reference, "PutResourcePolicy".

use serde::{Deserialize, Serialize};

use super::state::SecretsManager;
use super::{find, policy};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `secretsmanager:PutResourcePolicy`.
#[derive(Debug)]
pub struct PutResourcePolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The name or ARN of the secret.
    pub secret_id: String,
    /// The policy.
    pub resource_policy: String,
    /// Whether a public policy is refused.
    pub block_public_policy: Option<bool>,
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

impl Operation for PutResourcePolicy {
    const NAME: &'static str = "secretsmanager:PutResourcePolicy";
    const ASKS: &'static [&'static str] = &["secretsmanager:PutResourcePolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = SecretsManager;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, SecretsManager>) -> Result<Vec<Ask<'a>>, Fault> {
        let block = input.block_public_policy.map(|block| block.to_string());
        let ask = find::ask(Self::NAME, &input.secret_id, view)?;
        Ok(vec![ask.with_some("secretsmanager:BlockPublicPolicy", block)])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, SecretsManager>,
    ) -> Result<Output, Fault> {
        let mut secret = find::usable(&input.secret_id, act)?;
        let blocks_public = input.block_public_policy.unwrap_or_default();
        let policy = policy::read(&input.resource_policy, blocks_public, &act.directory())?;
        secret.policy = Some(policy);
        let (arn, name) = (secret.arn(), secret.name.clone());
        find::keep(secret, act);
        Ok(Output { arn, name })
    }
}
