//! What may happen next, and how often.

use crate::history::{History, Wrong};
use crate::model::Who;
use crate::{moves_iam, moves_kms, moves_s3, moves_values};

/// The bucket that keeps no versions.
pub(crate) const PLAIN: &str = "plain";
/// The bucket that keeps them.
pub(crate) const VERSIONED: &str = "versioned";

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

type Move = fn(&mut History) -> Result<(), Wrong>;

/// The moves, each with its weight.
const MOVES: [(u64, Move); 33] = [
    (2, pass),
    (1, advance),
    (3, moves_iam::set_clerk_policy),
    (2, moves_iam::change_role),
    (3, moves_iam::assume_role),
    (2, moves_iam::who_am_i),
    (2, moves_iam::change_user),
    (1, moves_iam::read_user),
    (2, moves_kms::create_key),
    (4, moves_kms::encrypt),
    (5, moves_kms::decrypt),
    (2, moves_kms::switch),
    (1, moves_kms::schedule_deletion),
    (1, moves_kms::cancel_deletion),
    (1, moves_kms::rotate),
    (1, moves_kms::change_grant),
    (6, moves_s3::begin_put),
    (4, moves_s3::go_on),
    (1, moves_s3::cut),
    (5, moves_s3::get),
    (2, moves_s3::get_version),
    (3, moves_s3::delete),
    (2, moves_s3::delete_version),
    (2, moves_s3::list_versions),
    (2, moves_s3::copy),
    (2, moves_s3::begin_upload),
    (2, moves_s3::begin_part),
    (2, moves_s3::complete),
    (1, moves_s3::abort),
    (3, moves_values::put_parameter),
    (2, moves_values::get_parameter),
    (1, moves_values::delete_parameter),
    (6, moves_values::any_secret),
];

/// One move, whichever.
pub(crate) fn any(history: &mut History) -> Result<(), Wrong> {
    let all = MOVES.iter().map(|(weight, _)| weight).sum();
    let mut left = history.random.below(all);
    for (weight, go) in MOVES {
        match left.checked_sub(weight) {
            Some(rest) => left = rest,
            None => return go(history),
        }
    }
    Ok(())
}

/// Who calls next: the administrator most of the time, so that there is something to deny others.
pub(crate) fn somebody(history: &mut History) -> Who {
    let sessions = history.model.sessions.len();
    match history.random.below(6) {
        0 | 1 => Who::Clerk,
        2 if sessions > 0 => Who::Session(history.random.len(0..sessions)),
        _ => Who::Admin,
    }
}

/// One of a few names.
pub(crate) fn name(history: &mut History, prefix: &str) -> String {
    format!("{prefix}{}", history.random.below(3))
}

/// One of the things there are.
pub(crate) fn one_of(history: &mut History, count: usize) -> Option<usize> {
    (count > 0).then(|| history.random.len(0..count))
}

fn pass(history: &mut History) -> Result<(), Wrong> {
    let most = if history.random.once_in(3) { 2 * DAY_MS / 24 } else { 60_000 };
    let by_ms = history.random.below(most);
    history.pass(i64::try_from(by_ms).unwrap());
    Ok(())
}

fn advance(history: &mut History) -> Result<(), Wrong> {
    let by_ms = history.random.below(10 * DAY_MS);
    history.advance(i64::try_from(by_ms).unwrap());
    Ok(())
}
