//! `UpdateKeyDescription`. Source: KMS API Reference, "UpdateKeyDescription".

use serde::{Deserialize, Serialize};

use super::admin;
use super::state::Kms;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:UpdateKeyDescription`.
#[derive(Debug)]
pub struct UpdateKeyDescription;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id or ARN.
    pub key_id: String,
    /// What it is for.
    pub description: String,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for UpdateKeyDescription {
    const NAME: &'static str = "kms:UpdateKeyDescription";
    const ASKS: &'static [&'static str] = &["kms:UpdateKeyDescription"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![admin::ask(Self::NAME, &input.key_id, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = admin::take_not_pending(&input.key_id, act)?;
        if let Some(key) = act.state().keys.edit(&row) {
            key.description = input.description;
        }
        Ok(Output {})
    }
}
