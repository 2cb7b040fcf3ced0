//! `PutSecretValue`: a new version.
//! Source: Secrets Manager API Reference, "PutSecretValue".

use std::collections::BTreeSet;

use sekisho_wire::Blob;
use serde::{Deserialize, Serialize};

use super::state::SecretsManager;
use super::value::Value;
use super::{fault, find, versions};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `secretsmanager:PutSecretValue`.
#[derive(Debug)]
pub struct PutSecretValue;

/// The input.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The name or ARN of the secret.
    pub secret_id: String,
    /// The id of the version that is made.
    pub client_request_token: Option<String>,
    /// The labels of the version; `AWSCURRENT` where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub version_stages: Vec<String>,
    /// The value, if it is text.
    pub secret_string: Option<String>,
    /// The value, if it is binary.
    pub secret_binary: Option<Blob>,
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
    /// The id of the version.
    pub version_id: String,
    /// Its labels.
    pub version_stages: BTreeSet<String>,
}

impl Operation for PutSecretValue {
    const NAME: &'static str = "secretsmanager:PutSecretValue";
    const ASKS: &'static [&'static str] = &["secretsmanager:PutSecretValue"];
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
        let secret = find::usable(&input.secret_id, act)?;
        let token = versions::token(input.client_request_token.as_deref())?;
        let value = Value::of(input.secret_string.as_deref(), input.secret_binary.as_ref())?;
        let value = value.ok_or_else(|| {
            fault::request("You must provide either SecretString or SecretBinary.")
        })?;
        let version_stages = versions::put(&secret, token, &value, &input.version_stages, act)?;
        let (arn, name) = (secret.arn(), secret.name.clone());
        find::keep(secret, act);
        Ok(Output { arn, name, version_id: token.to_owned(), version_stages })
    }
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input").field("secret_id", &self.secret_id).finish_non_exhaustive()
    }
}
