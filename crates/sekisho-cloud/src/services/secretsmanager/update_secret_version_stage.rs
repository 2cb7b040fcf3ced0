//! `UpdateSecretVersionStage`: moves a label from one version to another.
//! Source: Secrets Manager API Reference, "UpdateSecretVersionStage".

use serde::{Deserialize, Serialize};

use super::state::SecretsManager;
use super::{fault, find, state, versions};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `secretsmanager:UpdateSecretVersionStage`.
#[derive(Debug)]
pub struct UpdateSecretVersionStage;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The name or ARN of the secret.
    pub secret_id: String,
    /// The label.
    pub version_stage: String,
    /// The version that has it.
    pub remove_from_version_id: Option<String>,
    /// The version that is to have it.
    pub move_to_version_id: Option<String>,
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

impl Operation for UpdateSecretVersionStage {
    const NAME: &'static str = "secretsmanager:UpdateSecretVersionStage";
    const ASKS: &'static [&'static str] = &["secretsmanager:UpdateSecretVersionStage"];
    const EFFECT: Effect = Effect::Write;

    type State = SecretsManager;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, SecretsManager>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = find::ask(Self::NAME, &input.secret_id, view)?;
        Ok(vec![ask.with("secretsmanager:VersionStage", input.version_stage.as_str())])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, SecretsManager>,
    ) -> Result<Output, Fault> {
        let secret = find::usable(&input.secret_id, act)?;
        check(&secret.row(), &input, act)?;
        let to = input.move_to_version_id.as_deref();
        versions::move_stage(&secret.row(), &input.version_stage, to, act);
        let (arn, name) = (secret.arn(), secret.name.clone());
        find::keep(secret, act);
        Ok(Output { arn, name })
    }
}

fn check(row: &str, input: &Input, act: &Act<'_, SecretsManager>) -> Result<(), Fault> {
    let (stage, held) = (&input.version_stage, act.read());
    let named = [&input.remove_from_version_id, &input.move_to_version_id];
    for id in named.into_iter().flatten() {
        if !held.versions.has(&state::version(row, id)) {
            return Err(fault::parameter(format!("Not a valid version: {id}")));
        }
    }
    let bearer = versions::bearer(row, stage, held).map(|one| one.id.as_str());
    let from = input.remove_from_version_id.as_deref();
    if let Some(from) = from.filter(|_| from != bearer) {
        let text = format!("Version stage {stage} not found in version {from}");
        return Err(fault::parameter(text));
    }
    match (bearer, input.move_to_version_id.as_deref()) {
        (_, None) if stage == versions::CURRENT => Err(fault::parameter(
            "You can only move staging label AWSCURRENT to a different secret version. It can't be \
             completely removed.",
        )),
        (Some(bearer), to) if from.is_none() && to != Some(bearer) => {
            Err(fault::parameter(format!(
                "The parameter RemoveFromVersionId can't be empty. Staging label {stage} is currently \
                 attached to version {bearer}, so you must explicitly reference that version in \
                 RemoveFromVersionId."
            )))
        }
        _ => Ok(()),
    }
}
