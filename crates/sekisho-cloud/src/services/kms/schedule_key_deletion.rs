//! `ScheduleKeyDeletion`: after the waiting period the key is gone, and all that is under it.
//! Source: KMS API Reference, "ScheduleKeyDeletion".

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::state::{Kms, Status, due};
use super::upkeep::DAY_MS;
use super::{admin, fault, find};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// The bounds of the waiting period, in days.
const DAYS: std::ops::RangeInclusive<u32> = 7..=30;
/// The waiting period where none is asked for, in days.
const DAYS_DEFAULT: u32 = 30;

/// `kms:ScheduleKeyDeletion`.
#[derive(Debug)]
pub struct ScheduleKeyDeletion;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id or ARN.
    pub key_id: String,
    /// How long it waits; 30 where it is left out.
    pub pending_window_in_days: Option<u32>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The ARN of the key.
    pub key_id: String,
    /// When it ends.
    pub deletion_date: Millis,
    /// `PendingDeletion`.
    pub key_state: &'static str,
    /// How long it waits.
    pub pending_window_in_days: u32,
}

impl Operation for ScheduleKeyDeletion {
    const NAME: &'static str = "kms:ScheduleKeyDeletion";
    const ASKS: &'static [&'static str] = &["kms:ScheduleKeyDeletion"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let days = input.pending_window_in_days.unwrap_or(DAYS_DEFAULT);
        let ask = admin::ask(Self::NAME, &input.key_id, view)?;
        Ok(vec![ask.with("kms:ScheduleKeyDeletionPendingWindowInDays", days.to_string())])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let days = input.pending_window_in_days.unwrap_or(DAYS_DEFAULT);
        if !DAYS.contains(&days) {
            return Err(fault::validation("PendingWindowInDays must be between 7 and 30"));
        }
        let row = admin::take_not_pending(&input.key_id, act)?;
        let until_ms = act.now_ms() + i64::from(days) * DAY_MS;
        let state = act.state();
        state.due.put(due(until_ms, &row), row.clone());
        if let Some(key) = state.keys.edit(&row) {
            key.status = Status::PendingDeletion { until_ms };
        }
        Ok(Output {
            key_id: find::key(&row, act)?.arn(),
            deletion_date: Millis(until_ms),
            key_state: "PendingDeletion",
            pending_window_in_days: days,
        })
    }
}
