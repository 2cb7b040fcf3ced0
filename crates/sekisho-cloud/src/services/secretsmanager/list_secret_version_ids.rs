//! `ListSecretVersionIds`: the versions of a secret.
//! Source: Secrets Manager API Reference, "ListSecretVersionIds".

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::state::SecretsManager;
use super::state::Version;
use super::{fault, find};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use crate::token;

/// `secretsmanager:ListSecretVersionIds`.
#[derive(Debug)]
pub struct ListSecretVersionIds;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The name or ARN of the secret.
    pub secret_id: String,
    /// The most versions of a page.
    pub max_results: Option<u32>,
    /// Where the page begins.
    pub next_token: Option<String>,
    /// Whether versions without labels are listed too.
    pub include_deprecated: Option<bool>,
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
    /// The versions.
    pub versions: Vec<Listed>,
    /// Where the next page begins.
    pub next_token: Option<String>,
}

impl Operation for ListSecretVersionIds {
    const NAME: &'static str = "secretsmanager:ListSecretVersionIds";
    const ASKS: &'static [&'static str] = &["secretsmanager:ListSecretVersionIds"];
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
        let secret = find::any(&input.secret_id, act)?;
        let all = input.include_deprecated.unwrap_or_default();
        let held = act.read().versions_of(&secret.row());
        let listed = held.filter(|(_, one)| all || !one.stages.is_empty());
        let listed = listed.map(|(at, one)| (at.to_owned(), Listed::of(one)));
        let (most, from) = (input.max_results.unwrap_or(MOST), input.next_token.as_deref());
        let page = token::page("versions", listed, from, most).ok_or_else(fault::bad_token)?;
        Ok(Output {
            arn: secret.arn(),
            name: secret.name,
            versions: page.items,
            next_token: page.next,
        })
    }
}

/// The most versions of a page.
const MOST: u32 = 100;

/// A version without its value.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Listed {
    version_id: String,
    version_stages: Option<Vec<String>>,
    last_accessed_date: Option<Millis>,
    created_date: Millis,
    kms_key_ids: Vec<String>,
}

impl Listed {
    fn of(version: &Version) -> Self {
        let stages: Vec<_> = version.stages.iter().cloned().collect();
        let key_id = version.key_id.as_deref().unwrap_or("DefaultEncryptionKey");
        Self {
            version_id: version.id.clone(),
            version_stages: (!stages.is_empty()).then_some(stages),
            last_accessed_date: version.accessed_ms.map(Millis),
            created_date: Millis(version.created_ms),
            kms_key_ids: vec![key_id.to_owned()],
        }
    }
}
