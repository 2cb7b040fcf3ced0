//! `EnableKeyRotation`; asked again, it changes the period. Source: KMS API Reference,
//! "EnableKeyRotation".

use serde::{Deserialize, Serialize};

use super::state::{Kms, Rotation};
use super::upkeep::DAY_MS;
use super::{admin, find};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// The period where none is asked for, in days.
const DAYS_DEFAULT: u16 = 365;

/// `kms:EnableKeyRotation`.
#[derive(Debug)]
pub struct EnableKeyRotation;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id or ARN.
    pub key_id: String,
    /// The period; 365 where it is left out. The model bounds it.
    pub rotation_period_in_days: Option<u16>,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for EnableKeyRotation {
    const NAME: &'static str = "kms:EnableKeyRotation";
    const ASKS: &'static [&'static str] = &["kms:EnableKeyRotation"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let days = input.rotation_period_in_days.unwrap_or(DAYS_DEFAULT);
        let ask = admin::ask(Self::NAME, &input.key_id, view)?;
        Ok(vec![ask.with("kms:RotationPeriodInDays", days.to_string())])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = admin::take(&input.key_id, act)?;
        find::usable(&row, act)?;
        let days = input.rotation_period_in_days.unwrap_or(DAYS_DEFAULT);
        let next_ms = act.now_ms() + i64::from(days) * DAY_MS;
        if let Some(key) = act.state().keys.edit(&row) {
            key.rotation = Some(Rotation { days, next_ms });
        }
        Ok(Output {})
    }
}
