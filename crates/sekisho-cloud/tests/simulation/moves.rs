//! What may happen next, and how often.

use crate::history::{History, Wrong};
use crate::model::Who;
use crate::random::Random;
use crate::{moves_iam, moves_kms, moves_s3, moves_values};

/// The bucket that keeps no versions.
pub(crate) const PLAIN: &str = "plain";
/// The bucket that keeps them.
pub(crate) const VERSIONED: &str = "versioned";

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

type Move = fn(&mut History) -> Result<(), Wrong>;

/// The moves by what they are about, each with its weight.
const MOVES: [&[(u64, Move)]; 5] = [
    &[(2, pass), (1, advance)],
    &[
        (2, pass),
        (3, moves_iam::set_clerk_policy),
        (3, moves_iam::change_role),
        (3, moves_iam::assume_role),
        (2, moves_iam::who_am_i),
        (3, moves_iam::change_user),
        (2, moves_iam::read_user),
    ],
    &[
        (2, advance),
        (3, moves_kms::create_key),
        (4, moves_kms::encrypt),
        (6, moves_kms::decrypt),
        (3, moves_kms::switch),
        (2, moves_kms::schedule_deletion),
        (2, moves_kms::cancel_deletion),
        (1, moves_kms::rotate),
        (2, moves_kms::change_grant),
    ],
    &[
        (9, moves_s3::begin_put),
        (4, moves_s3::go_on),
        (1, moves_s3::cut),
        (6, moves_s3::get),
        (2, moves_s3::get_version),
        (2, moves_s3::delete),
        (2, moves_s3::delete_version),
        (2, moves_s3::list_versions),
        (3, moves_s3::copy),
        (3, moves_s3::begin_upload),
        (5, moves_s3::begin_part),
        (6, moves_s3::complete),
        (1, moves_s3::abort),
    ],
    &[
        (1, advance),
        (3, moves_values::put_parameter),
        (2, moves_values::get_parameter),
        (1, moves_values::delete_parameter),
        (6, moves_values::any_secret),
    ],
];

/// How much oftener what a history is about happens than the rest: in a little of everything nothing
/// comes far.
const FOCUS: u64 = 8;
/// How often something is tried that cannot be done as things are.
const TRIES: usize = 12;

/// Picks what a history is about.
pub(crate) fn focus(random: &mut Random) -> usize {
    random.len(1..MOVES.len())
}

/// One move, whichever.
pub(crate) fn any(history: &mut History) -> Result<(), Wrong> {
    for _ in 0..TRIES {
        let before = history.noted();
        some_move(history)(history)?;
        if history.noted() > before {
            break;
        }
    }
    Ok(())
}

fn some_move(history: &mut History) -> Move {
    let focus = history.focus;
    let families = MOVES.iter().enumerate();
    let weighed = families.flat_map(|(family, moves)| {
        let factor = if family == focus { FOCUS } else { 1 };
        moves.iter().map(move |(weight, go)| (weight * factor, *go))
    });
    let mut left = history.random.below(weighed.clone().map(|(weight, _)| weight).sum());
    let found = weighed.into_iter().find_map(|(weight, go)| match left.checked_sub(weight) {
        Some(rest) => {
            left = rest;
            None
        }
        None => Some(go),
    });
    found.unwrap_or(pass)
}

/// Who calls next: the administrator most of the time, so that there is something to deny others.
pub(crate) fn somebody(history: &mut History) -> Who {
    let sessions = history.model.sessions.len();
    match history.random.below(8) {
        0 | 1 => Who::Clerk,
        2 if sessions > 0 => Who::Session(history.random.len(0..sessions)),
        _ => Who::Admin,
    }
}

/// One of a few names.
pub(crate) fn name(history: &mut History, prefix: &str) -> String {
    format!("{prefix}{}", history.random.below(2))
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
