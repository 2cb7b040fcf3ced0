//! Versions and their staging labels. Sources: Secrets Manager User Guide, "What's in a Secrets Manager
//! secret?", section "Secret versions"; API Reference, "PutSecretValue".

use std::collections::BTreeSet;

use super::fault;
use super::state::{Secret, SecretsManager, Version, version};
use super::value::{self, Value};
use crate::act::Act;
use crate::fault::Fault;

/// The label of the version that is in use.
pub(super) const CURRENT: &str = "AWSCURRENT";
/// The label of the version that was in use before.
pub(super) const PREVIOUS: &str = "AWSPREVIOUS";
/// The label of a version that is to be in use when a rotation ends.
pub(super) const PENDING: &str = "AWSPENDING";
/// The most versions that are kept. Source: Secrets Manager User Guide, "Secrets Manager quotas".
const VERSIONS_MAX: usize = 100;
/// The most labels of all versions together. Source: as above.
const STAGES_MAX: usize = 20;
/// A day, in milliseconds.
pub(super) const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The token of a request, which is the id of the version that it makes.
pub(super) fn token(token: Option<&str>) -> Result<&str, Fault> {
    let missing = "You must provide a ClientRequestToken value. We recommend a UUID-type value.";
    let token = token.ok_or_else(|| fault::request(missing))?;
    match token.len() {
        32..=64 => Ok(token),
        _ => Err(fault::parameter("ClientRequestToken must be 32-64 characters long.")),
    }
}

/// Puts a value as a new version, and gives its labels. The same token with the same value does
/// nothing more.
pub(super) fn put(
    secret: &Secret,
    token: &str,
    value: &Value,
    stages: &[String],
    act: &mut Act<'_, SecretsManager>,
) -> Result<BTreeSet<String>, Fault> {
    let row = secret.row();
    if let Some(held) = act.read().versions.get(&version(&row, token)).cloned() {
        let is_same = value::open(secret, &held, act)?.is(value);
        return if is_same {
            Ok(held.stages)
        } else {
            Err(fault::token_in_use(token, &secret.arn()))
        };
    }
    let mut stages: BTreeSet<String> = stages.iter().cloned().collect();
    let is_first = act.read().versions_of(&row).next().is_none();
    if stages.is_empty() || is_first {
        stages.insert(CURRENT.to_owned());
    }
    let made = value::seal(secret, token, value, act)?;
    make_room(&row, act);
    if stages.contains(CURRENT) {
        end_rotation(&row, act);
    }
    act.state().versions.put(version(&row, token), made);
    for stage in &stages {
        move_stage(&row, stage, Some(token), act);
    }
    check_stages(&row, act)?;
    Ok(stages)
}

/// Takes the label of a version to come from the version in use, before another value follows it: then
/// it has only become the one before (observed, of new values only).
fn end_rotation(row: &str, act: &mut Act<'_, SecretsManager>) {
    let current = bearer(row, CURRENT, act.read());
    if current.is_some_and(|one| one.stages.contains(PENDING)) {
        move_stage(row, PENDING, None, act);
    }
}

/// Moves a label to a version, or only away. Where the label is that of the version in use, the
/// version that had it becomes the one before.
pub(super) fn move_stage(
    row: &str,
    stage: &str,
    to: Option<&str>,
    act: &mut Act<'_, SecretsManager>,
) {
    let from = bearer(row, stage, act.read()).map(|one| one.id.clone());
    if from.as_deref() == to {
        return;
    }
    if let Some(from) = &from {
        relabel(row, from, act, |stages| {
            stages.remove(stage);
        });
        if stage == CURRENT {
            move_stage(row, PREVIOUS, Some(from), act);
        }
    }
    if let Some(to) = to {
        relabel(row, to, act, |stages| {
            stages.insert(stage.to_owned());
            if stage == CURRENT {
                stages.remove(PREVIOUS);
            }
        });
    }
}

fn relabel(
    row: &str,
    id: &str,
    act: &mut Act<'_, SecretsManager>,
    change: impl FnOnce(&mut BTreeSet<String>),
) {
    if let Some(held) = act.state().versions.edit(&version(row, id)) {
        change(&mut held.stages);
    }
}

/// The version that bears a label.
pub(super) fn bearer<'s>(row: &str, stage: &str, held: &'s SecretsManager) -> Option<&'s Version> {
    held.versions_of(row).map(|(_, one)| one).find(|one| one.stages.contains(stage))
}

fn check_stages(row: &str, act: &Act<'_, SecretsManager>) -> Result<(), Fault> {
    let count: usize = act.read().versions_of(row).map(|(_, one)| one.stages.len()).sum();
    if count <= STAGES_MAX {
        return Ok(());
    }
    let text = "The request failed because it would exceed one of the Secrets Manager quotas.";
    Err(Fault::new("LimitExceededException", text))
}

/// Takes the oldest versions without labels away; none that is younger than a day.
fn make_room(row: &str, act: &mut Act<'_, SecretsManager>) {
    let before_ms = act.now_ms() - DAY_MS;
    let held = act.read();
    let count = held.versions_of(row).count();
    let old = |one: &Version| one.stages.is_empty() && one.created_ms < before_ms;
    let spare = held.versions_of(row).filter(|(_, one)| old(one));
    let mut spare: Vec<_> = spare.map(|(at, one)| (one.created_ms, at.to_owned())).collect();
    spare.sort();
    for (_, at) in spare.iter().take((count + 1).saturating_sub(VERSIONS_MAX)) {
        act.state().versions.remove(at);
    }
}

/// The version that a reader means.
pub(super) fn meant(
    row: &str,
    id: Option<&str>,
    stage: Option<&str>,
    held: &SecretsManager,
) -> Result<Version, Fault> {
    let Some(id) = id else {
        let stage = stage.unwrap_or(CURRENT);
        return bearer(row, stage, held).cloned().ok_or_else(|| fault::no_stage(stage));
    };
    let found = held.versions.get(&version(row, id)).ok_or_else(|| fault::no_version(id))?;
    if stage.is_some_and(|stage| !found.stages.contains(stage)) {
        return Err(fault::request(
            "You provided a VersionStage that is not associated to the provided VersionId.",
        ));
    }
    Ok(found.clone())
}
