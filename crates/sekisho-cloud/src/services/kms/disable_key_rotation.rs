//! `DisableKeyRotation`. Source: KMS API Reference, "DisableKeyRotation".

use serde::{Deserialize, Serialize};

use super::state::Kms;
use super::{admin, find};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:DisableKeyRotation`.
#[derive(Debug)]
pub struct DisableKeyRotation;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id or ARN.
    pub key_id: String,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for DisableKeyRotation {
    const NAME: &'static str = "kms:DisableKeyRotation";
    const ASKS: &'static [&'static str] = &["kms:DisableKeyRotation"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![admin::ask(Self::NAME, &input.key_id, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = admin::take(&input.key_id, act)?;
        find::usable(&row, act)?;
        if let Some(key) = act.state().keys.edit(&row) {
            key.rotation = None;
        }
        Ok(Output {})
    }
}
