//! `EnableKey`. A rotation that came due meanwhile happens now. Source: KMS API Reference,
//! "EnableKey".

use serde::{Deserialize, Serialize};

use super::admin;
use super::state::{Kms, Status};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:EnableKey`.
#[derive(Debug)]
pub struct EnableKey;

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

impl Operation for EnableKey {
    const NAME: &'static str = "kms:EnableKey";
    const ASKS: &'static [&'static str] = &["kms:EnableKey"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![admin::ask(Self::NAME, &input.key_id, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = admin::take_not_pending(&input.key_id, act)?;
        let now_ms = act.now_ms();
        if let Some(key) = act.state().keys.edit(&row).filter(|key| key.status != Status::Enabled) {
            key.status = Status::Enabled;
            if let Some(rotation) = &mut key.rotation {
                rotation.next_ms = rotation.next_ms.max(now_ms);
            }
        }
        Ok(Output {})
    }
}
