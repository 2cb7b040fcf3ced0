//! `DeleteSecret`: marks it for deletion, or deletes it at once.
//! Source: Secrets Manager API Reference, "DeleteSecret".

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};

use super::state::SecretsManager;
use super::{fault, find, state, upkeep, versions};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `secretsmanager:DeleteSecret`.
#[derive(Debug)]
pub struct DeleteSecret;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The name or ARN of the secret.
    pub secret_id: String,
    /// The days in which it can be restored: 7 to 30.
    pub recovery_window_in_days: Option<i64>,
    /// Whether it is deleted at once.
    pub force_delete_without_recovery: Option<bool>,
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
    /// When it ends.
    pub deletion_date: Millis,
}

impl Operation for DeleteSecret {
    const NAME: &'static str = "secretsmanager:DeleteSecret";
    const ASKS: &'static [&'static str] = &["secretsmanager:DeleteSecret"];
    const EFFECT: Effect = Effect::Write;

    type State = SecretsManager;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, SecretsManager>) -> Result<Vec<Ask<'a>>, Fault> {
        let days = input.recovery_window_in_days.map(|days| days.to_string());
        let force = input.force_delete_without_recovery.map(|force| force.to_string());
        let ask = find::ask(Self::NAME, &input.secret_id, view)?
            .with_some("secretsmanager:RecoveryWindowInDays", days)
            .with_some("secretsmanager:ForceDeleteWithoutRecovery", force);
        Ok(vec![ask])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, SecretsManager>,
    ) -> Result<Output, Fault> {
        upkeep::bury(act);
        if input.force_delete_without_recovery == Some(true) {
            return at_once(&input, act);
        }
        let days = input.recovery_window_in_days.unwrap_or(DAYS_USUAL);
        if !(DAYS_LEAST..=DAYS_USUAL).contains(&days) {
            return Err(fault::parameter(
                "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).",
            ));
        }
        let mut secret = find::usable(&input.secret_id, act)?;
        let until_ms = act.now_ms() + days * versions::DAY_MS;
        secret.deleted_ms = Some(act.now_ms());
        secret.until_ms = Some(until_ms);
        let (arn, name) = (secret.arn(), secret.name.clone());
        act.state().due.put(state::due(until_ms, &secret.row()), secret.row());
        find::keep(secret, act);
        Ok(Output { arn, name, deletion_date: Millis(until_ms) })
    }
}

/// The shortest recovery window.
const DAYS_LEAST: i64 = 7;
/// The longest recovery window, and the usual one.
const DAYS_USUAL: i64 = 30;

/// Deletes a secret that nobody will restore; one that is not there counts as deleted.
fn at_once(input: &Input, act: &mut Act<'_, SecretsManager>) -> Result<Output, Fault> {
    if input.recovery_window_in_days.is_some() {
        return Err(fault::parameter(
            "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
        ));
    }
    let deletion_date = Millis(act.now_ms());
    let Ok(secret) = find::any(&input.secret_id, act) else {
        let (region, account, name) = (act.region(), act.account()?, &input.secret_id);
        let arn = match name.starts_with("arn:") {
            true => name.clone(),
            false => format!("arn:aws:secretsmanager:{region}:{account}:secret:{name}"),
        };
        return Ok(Output { arn, name: name.clone(), deletion_date });
    };
    act.state().remove(&secret.row());
    Ok(Output { arn: secret.arn(), name: secret.name, deletion_date })
}
