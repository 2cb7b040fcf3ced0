//! `CreateSecret`: with or without a first value.
//! Source: Secrets Manager API Reference, "CreateSecret".

use sekisho_wire::Blob;
use serde::{Deserialize, Serialize};

use super::state::SecretsManager;
use super::state::{self, Secret};
use super::tags::{self, Tag};
use super::value::{self, Value};
use super::{fault, find, upkeep, versions};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `secretsmanager:CreateSecret`.
#[derive(Debug)]
pub struct CreateSecret;

/// The input.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// The id of the version that is made.
    pub client_request_token: Option<String>,
    /// What its owner says of it.
    pub description: Option<String>,
    /// The key that protects it; `aws/secretsmanager` where it is left out.
    pub kms_key_id: Option<String>,
    /// Its tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// Whether a replica takes the place of what is there. There are none; `true` is not served.
    pub force_overwrite_replica_secret: Option<bool>,
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
    /// The id of the first version.
    pub version_id: Option<String>,
}

impl Operation for CreateSecret {
    const NAME: &'static str = "secretsmanager:CreateSecret";
    const ASKS: &'static [&'static str] =
        &["secretsmanager:CreateSecret", "secretsmanager:TagResource"];
    const EFFECT: Effect = Effect::Write;

    type State = SecretsManager;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, SecretsManager>) -> Result<Vec<Ask<'a>>, Fault> {
        find::check_name(&input.name)?;
        let arn = format!(
            "arn:aws:secretsmanager:{}:{}:secret:{}-??????",
            view.region(),
            view.account()?,
            input.name
        );
        let tags = tags::map(&input.tags);
        // Denials call a secret that is not there yet by its name (observed).
        let on =
            |action| Ask::to(action).on(&*arn).shown_as(&*input.name).tagging(&tags).tagged(&tags);
        let key = input.kms_key_id.as_deref();
        let create = on(Self::NAME)
            .with("secretsmanager:Name", input.name.as_str())
            .with_map("secretsmanager:ResourceTag", '/', &tags)
            .with_some("secretsmanager:Description", input.description.as_deref())
            .with_some("secretsmanager:KmsKeyId", key)
            .with_some("secretsmanager:KmsKeyArn", key.filter(|key| key.starts_with("arn:")));
        let mut asks = vec![create];
        if !tags.is_empty() {
            asks.push(on("secretsmanager:TagResource"));
        }
        Ok(asks)
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, SecretsManager>,
    ) -> Result<Output, Fault> {
        if input.force_overwrite_replica_secret == Some(true) {
            return Err(Fault::not_served("replicas of secrets are not served"));
        }
        upkeep::bury(act);
        let value = Value::of(input.secret_string.as_deref(), input.secret_binary.as_ref())?;
        let token = versions::token(input.client_request_token.as_deref())?.to_owned();
        let row = format!("{}/{}/{}", act.account()?, act.region(), input.name);
        if let Some(held) = act.read().secrets.get(&row).cloned() {
            return made_before(&held, &token, value.as_ref(), act);
        }
        let secret = secret(input, act)?;
        if secret.key_id.is_some() {
            value::try_key(&secret, act)?;
        }
        let (arn, name) = (secret.arn(), secret.name.clone());
        act.state().secrets.put(row, secret.clone());
        if let Some(value) = &value {
            versions::put(&secret, &token, value, &[], act)?;
        }
        Ok(Output { arn, name, version_id: value.map(|_| token) })
    }
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The digits behind a name in an ARN.
const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

fn secret(input: Input, act: &mut Act<'_, SecretsManager>) -> Result<Secret, Fault> {
    let tags = tags::added(Default::default(), &input.tags)?;
    Ok(Secret {
        name: input.name,
        suffix: act.dice().text(DIGITS, 6),
        account: act.account()?,
        region: act.region().to_owned(),
        description: input.description,
        key_id: input.kms_key_id.filter(|key| !key.is_empty()),
        tags: (!tags.is_empty()).then_some(tags),
        policy: None,
        created_ms: act.now_ms(),
        changed_ms: act.now_ms(),
        accessed_ms: None,
        deleted_ms: None,
        until_ms: None,
    })
}

/// What is answered where there is such a secret: a repetition of the request that made it is told
/// the same again.
fn made_before(
    held: &Secret,
    token: &str,
    value: Option<&Value>,
    act: &mut Act<'_, SecretsManager>,
) -> Result<Output, Fault> {
    if held.until_ms.is_some() {
        return Err(fault::request(
            "You can't create this secret because a secret with this name is already scheduled for \
             deletion.",
        ));
    }
    let exists = || fault::exists(&held.name);
    let version = act.read().versions.get(&state::version(&held.row(), token)).cloned();
    let (version, value) = version.zip(value).ok_or_else(exists)?;
    if !value::open(held, &version, act)?.is(value) {
        return Err(exists());
    }
    Ok(Output { arn: held.arn(), name: held.name.clone(), version_id: Some(version.id) })
}
