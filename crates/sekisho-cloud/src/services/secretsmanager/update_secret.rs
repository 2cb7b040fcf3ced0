//! `UpdateSecret`: its description, its key, its value.
//! Source: Secrets Manager API Reference, "UpdateSecret".

use sekisho_wire::Blob;
use serde::{Deserialize, Serialize};

use super::state::SecretsManager;
use super::state::{self, Secret};
use super::value::{self, Value};
use super::{find, versions};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `secretsmanager:UpdateSecret`.
#[derive(Debug)]
pub struct UpdateSecret;

/// The input.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The name or ARN of the secret.
    pub secret_id: String,
    /// The id of the version that is made.
    pub client_request_token: Option<String>,
    /// What its owner says of it.
    pub description: Option<String>,
    /// The key that protects it from now on.
    pub kms_key_id: Option<String>,
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
    /// The id of the version that was made.
    pub version_id: Option<String>,
}

impl Operation for UpdateSecret {
    const NAME: &'static str = "secretsmanager:UpdateSecret";
    const ASKS: &'static [&'static str] = &["secretsmanager:UpdateSecret"];
    const EFFECT: Effect = Effect::Write;

    type State = SecretsManager;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, SecretsManager>) -> Result<Vec<Ask<'a>>, Fault> {
        let key = input.kms_key_id.as_deref();
        let ask = find::ask(Self::NAME, &input.secret_id, view)?
            .with_some("secretsmanager:Description", input.description.as_deref())
            .with_some("secretsmanager:KmsKeyId", key)
            .with_some("secretsmanager:KmsKeyArn", key.filter(|key| key.starts_with("arn:")));
        Ok(vec![ask])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, SecretsManager>,
    ) -> Result<Output, Fault> {
        let mut secret = find::usable(&input.secret_id, act)?;
        let value = Value::of(input.secret_string.as_deref(), input.secret_binary.as_ref())?;
        if let Some(description) = input.description {
            secret.description = Some(description).filter(|text| !text.is_empty());
        }
        if let Some(key_id) = input.kms_key_id {
            secret.key_id = Some(key_id).filter(|key_id| !key_id.is_empty());
            value::try_key(&secret, act)?;
            rewrap(&secret, act);
        }
        let token = match &value {
            Some(_) => Some(versions::token(input.client_request_token.as_deref())?.to_owned()),
            None => None,
        };
        if let Some((value, token)) = value.as_ref().zip(token.as_deref()) {
            versions::put(&secret, token, value, &[], act)?;
        }
        let (arn, name) = (secret.arn(), secret.name.clone());
        find::keep(secret, act);
        Ok(Output { arn, name, version_id: token })
    }
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input").field("secret_id", &self.secret_id).finish_non_exhaustive()
    }
}

/// Puts the versions in use under the new key, as far as the caller may.
fn rewrap(secret: &Secret, act: &mut Act<'_, SecretsManager>) {
    let row = secret.row();
    for stage in [versions::CURRENT, versions::PENDING, versions::PREVIOUS] {
        let Some(version) = versions::bearer(&row, stage, act.read()).cloned() else { continue };
        if let Ok(version) = value::rewrap(secret, version, act) {
            act.state().versions.put(state::version(&row, &version.id), version);
        }
    }
}
