//! `TagResource`.
//! Source: Secrets Manager API Reference, "TagResource".

use serde::{Deserialize, Serialize};

use super::find;
use super::state::SecretsManager;
use super::tags::{self, Tag};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `secretsmanager:TagResource`.
#[derive(Debug)]
pub struct TagResource;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The name or ARN of the secret.
    pub secret_id: String,
    /// The tags.
    pub tags: Vec<Tag>,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for TagResource {
    const NAME: &'static str = "secretsmanager:TagResource";
    const ASKS: &'static [&'static str] = &["secretsmanager:TagResource"];
    const EFFECT: Effect = Effect::Write;

    type State = SecretsManager;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, SecretsManager>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = find::ask(Self::NAME, &input.secret_id, view)?;
        Ok(vec![ask.tagging(&tags::map(&input.tags))])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, SecretsManager>,
    ) -> Result<Output, Fault> {
        let mut secret = find::usable(&input.secret_id, act)?;
        secret.tags = Some(tags::added(secret.tags(), &input.tags)?);
        find::keep(secret, act);
        Ok(Output {})
    }
}
