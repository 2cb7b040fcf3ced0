//! `CancelKeyDeletion`: the key is disabled afterwards. Source: KMS API Reference, "CancelKeyDeletion".

use serde::{Deserialize, Serialize};

use super::state::{Kms, Status, due};
use super::{admin, fault, find};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:CancelKeyDeletion`.
#[derive(Debug)]
pub struct CancelKeyDeletion;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id or ARN.
    pub key_id: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The ARN of the key.
    pub key_id: String,
}

impl Operation for CancelKeyDeletion {
    const NAME: &'static str = "kms:CancelKeyDeletion";
    const ASKS: &'static [&'static str] = &["kms:CancelKeyDeletion"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![admin::ask(Self::NAME, &input.key_id, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = admin::take(&input.key_id, act)?;
        let key = find::key(&row, act)?;
        let arn = key.arn();
        let Status::PendingDeletion { until_ms } = key.status else {
            return Err(fault::not_pending_deletion(&arn));
        };
        let state = act.state();
        state.due.remove(&due(until_ms, &row));
        if let Some(key) = state.keys.edit(&row) {
            key.status = Status::Disabled;
        }
        Ok(Output { key_id: arn })
    }
}
