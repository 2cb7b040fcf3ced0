//! The engine without a shell, in histories made of random numbers: several callers, a disk that holds
//! what was committed and no more, crashes between any two steps.
//!
//! A history goes on step by step ([`history`]): a call is carried out, what it changes waits for the
//! disk, some of what waits is committed, or everything ends and starts again from the disk. Beside
//! it a naive model ([`model`]) says what each answer must be. In the end another engine, which
//! never crashed, is given exactly the steps that were committed: its rows, its journal and its
//! bodies must be those of the disk, byte by byte ([`twin`]).
//!
//! A history is known by its number. One that fails is told with its shortest beginning that fails:
//!
//! ```text
//! SEKISHO_HISTORY=4711 cargo test -p sekisho-cloud --test simulation
//! SEKISHO_HISTORIES=1000000 cargo test --release -p sekisho-cloud --test simulation
//! ```
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests say what they expect, and are told which histories to run"
)]

mod calls;
mod content;
mod disk;
mod history;
mod model;
mod moves;
mod moves_iam;
mod moves_kms;
mod moves_s3;
mod moves_values;
#[path = "../it/plain.rs"]
mod plain;
mod random;
mod twin;

use history::{History, Tally};

/// How many histories are run, over all the tests here.
const HISTORIES: u64 = 10_000;
/// So many tests share them, for as many cores.
const SHARES: u64 = 4;

fn given(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name}: `{text}` is no number")))
}

fn run(share: u64) {
    if let Some(number) = given("SEKISHO_HISTORY") {
        if number % SHARES == share {
            tell(number);
        }
        return;
    }
    let count = given("SEKISHO_HISTORIES").unwrap_or(HISTORIES);
    let mut tally = Tally::default();
    for number in (0..count).filter(|number| number % SHARES == share) {
        match History::run(number, u64::MAX) {
            Ok(done) => tally.add(&done.tally),
            Err(_) => tell(number),
        }
    }
    assert_enough_happened(count / SHARES, &tally);
}

/// Generated histories may come to nothing without anybody's noticing.
fn assert_enough_happened(count: u64, tally: &Tally) {
    println!("{tally:#?}");
    assert!(tally.crashes > count && tally.lost > count, "too few crashes");
    let rare = |counts: &(u64, u64)| counts.0 < count / 200 || counts.1 < count / 1000;
    let rare: Vec<_> = tally.calls.iter().filter(|(_, counts)| rare(counts)).collect();
    let no_refusal = ["GetCallerIdentity"];
    let rare = rare.iter().filter(|(name, _)| !no_refusal.contains(name)).collect::<Vec<_>>();
    assert!(rare.is_empty(), "too few of {rare:?}");
}

/// Tells the shortest beginning of a history that fails.
fn tell(number: u64) {
    let Err(failure) = History::run(number, u64::MAX) else { return };
    let shorter = (1..failure.steps).find_map(|steps| History::run(number, steps).err());
    let failure = shorter.unwrap_or(failure);
    let (why, log) = (failure.why, failure.log.join("\n  "));
    panic!("SEKISHO_HISTORY={number}: {why}\nafter these steps:\n  {log}");
}

#[test]
fn histories_first_share() {
    run(0);
}

#[test]
fn histories_second_share() {
    run(1);
}

#[test]
fn histories_third_share() {
    run(2);
}

#[test]
fn histories_fourth_share() {
    run(3);
}
