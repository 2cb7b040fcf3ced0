//! `GetSecretValue`: a value, decrypted as the caller.
//! Source: Secrets Manager API Reference, "GetSecretValue".

use std::collections::BTreeSet;

use sekisho_wire::{Blob, Millis};
use serde::{Deserialize, Serialize};

use super::state::SecretsManager;
use super::{find, state, value, versions};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `secretsmanager:GetSecretValue`.
#[derive(Debug)]
pub struct GetSecretValue;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The name or ARN of the secret.
    pub secret_id: String,
    /// The version; the one that the label says where it is left out.
    pub version_id: Option<String>,
    /// A label; `AWSCURRENT` where neither is given.
    pub version_stage: Option<String>,
}

/// The output.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// Its ARN.
    #[serde(rename = "ARN")]
    pub arn: String,
    /// Its name.
    pub name: String,
    /// The id of the version.
    pub version_id: String,
    /// The value, if it is text.
    pub secret_string: Option<String>,
    /// The value, if it is binary.
    pub secret_binary: Option<Blob>,
    /// The labels of the version.
    pub version_stages: BTreeSet<String>,
    /// When the version was made.
    pub created_date: Millis,
}

impl Operation for GetSecretValue {
    const NAME: &'static str = "secretsmanager:GetSecretValue";
    const ASKS: &'static [&'static str] = &["secretsmanager:GetSecretValue"];
    const EFFECT: Effect = Effect::Read;

    type State = SecretsManager;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, SecretsManager>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = find::ask(Self::NAME, &input.secret_id, view)?
            .with_some("secretsmanager:VersionId", input.version_id.as_deref())
            .with_some("secretsmanager:VersionStage", input.version_stage.as_deref());
        Ok(vec![ask])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, SecretsManager>,
    ) -> Result<Output, Fault> {
        let secret = find::usable(&input.secret_id, act)?;
        let (id, stage) = (input.version_id.as_deref(), input.version_stage.as_deref());
        let version = versions::meant(&secret.row(), id, stage, act.read())?;
        let value = value::open(&secret, &version, act)?;
        accessed(&secret.row(), &version.id, act);
        Ok(Output {
            arn: secret.arn(),
            name: secret.name,
            version_id: version.id,
            secret_string: value.text(),
            secret_binary: value.binary(),
            version_stages: version.stages,
            created_date: Millis(version.created_ms),
        })
    }
}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Output").finish_non_exhaustive()
    }
}

/// Notes the day of the access, once a day.
fn accessed(row: &str, id: &str, act: &mut Act<'_, SecretsManager>) {
    let today = Some(act.now_ms() - act.now_ms().rem_euclid(versions::DAY_MS));
    let at = state::version(row, id);
    let held = act.read();
    let is_noted = held.versions.get(&at).is_some_and(|one| one.accessed_ms == today)
        && held.secrets.get(row).is_some_and(|one| one.accessed_ms == today);
    if is_noted {
        return;
    }
    if let Some(version) = act.state().versions.edit(&at) {
        version.accessed_ms = today;
    }
    if let Some(secret) = act.state().secrets.edit(row) {
        secret.accessed_ms = today;
    }
}
