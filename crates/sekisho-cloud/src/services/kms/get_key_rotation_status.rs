//! `GetKeyRotationStatus`. Of a key that is pending deletion, rotation is off. Source: KMS API
//! Reference, "GetKeyRotationStatus".

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::find::{self, Takes};
use super::state::{Kms, Status};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:GetKeyRotationStatus`.
#[derive(Debug)]
pub struct GetKeyRotationStatus;

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
    /// Whether the key is rotated automatically.
    pub key_rotation_enabled: bool,
    /// The ARN of the key.
    pub key_id: String,
    /// The period.
    pub rotation_period_in_days: Option<u16>,
    /// When it is rotated next.
    pub next_rotation_date: Option<Millis>,
}

impl Operation for GetKeyRotationStatus {
    const NAME: &'static str = "kms:GetKeyRotationStatus";
    const ASKS: &'static [&'static str] = &["kms:GetKeyRotationStatus"];
    const EFFECT: Effect = Effect::Read;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let target = find::target(&input.key_id, Takes::Key, view)?;
        Ok(vec![find::ask(Self::NAME, &target, view)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = find::take(&input.key_id, Takes::Key, act)?;
        let key = find::key(&row, act)?;
        let pending = matches!(key.status, Status::PendingDeletion { .. });
        let rotation = key.rotation.filter(|_| !pending);
        Ok(Output {
            key_rotation_enabled: rotation.is_some(),
            key_id: key.arn(),
            rotation_period_in_days: rotation.map(|rotation| rotation.days),
            next_rotation_date: rotation.map(|rotation| Millis(rotation.next_ms)),
        })
    }
}
