//! `UntagResource`.
//! Source: Secrets Manager API Reference, "UntagResource".

use serde::{Deserialize, Serialize};

use super::find;
use super::state::SecretsManager;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `secretsmanager:UntagResource`.
#[derive(Debug)]
pub struct UntagResource;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The name or ARN of the secret.
    pub secret_id: String,
    /// The keys of the tags.
    pub tag_keys: Vec<String>,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for UntagResource {
    const NAME: &'static str = "secretsmanager:UntagResource";
    const ASKS: &'static [&'static str] = &["secretsmanager:UntagResource"];
    const EFFECT: Effect = Effect::Write;

    type State = SecretsManager;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, SecretsManager>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = find::ask(Self::NAME, &input.secret_id, view)?;
        Ok(vec![ask.untagging(&input.tag_keys)])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, SecretsManager>,
    ) -> Result<Output, Fault> {
        let mut secret = find::usable(&input.secret_id, act)?;
        if let Some(tags) = &mut secret.tags {
            tags.retain(|key, _| !input.tag_keys.contains(key));
        }
        find::keep(secret, act);
        Ok(Output {})
    }
}
