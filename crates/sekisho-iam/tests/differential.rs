//! The engine against the specification: both decide the same generated cases and must agree on the
//! outcome and on the layers that decided.
//!
//! A case is one number, so a mismatch is found again by its seed. The normal run takes 200,000
//! seeds from 0; a longer one, from another start:
//!
//! ```text
//! SEKISHO_DIFFERENTIAL_SEED=1000000 SEKISHO_DIFFERENTIAL_CASES=50000000 \
//!     cargo test --release -p sekisho-iam --test differential
//! ```
//!
//! A mismatch is shrunk (layers, statements, conditions, list entries and condition keys are dropped
//! while the two still disagree) and printed as policy text.
#![expect(clippy::disallowed_methods, reason = "the size of the run comes from the environment")]
#![expect(clippy::panic, reason = "a test fails by panicking")]

use std::ops::Range;

use sekisho_iam::Decision;
use sekisho_spec::{Case, case, shrink};

const SEED: &str = "SEKISHO_DIFFERENTIAL_SEED";
const CASES: &str = "SEKISHO_DIFFERENTIAL_CASES";
const CASES_USUAL: u64 = 200_000;

#[test]
fn the_engine_decides_as_the_specification_does() {
    let first = number(SEED, 0);
    let seeds = first..first.saturating_add(number(CASES, CASES_USUAL));
    assert!(!seeds.is_empty(), "`{CASES}` is 0: nothing would be compared");
    if let Some(seed) = first_mismatch(&seeds) {
        panic!("{}", report(seed));
    }
}

fn number(name: &str, usual: u64) -> u64 {
    match std::env::var(name) {
        Err(_) => usual,
        Ok(text) => match text.parse() {
            Ok(number) => number,
            Err(_) => panic!("`{name}` is `{text}`, which is no number: write digits only"),
        },
    }
}

/// The lowest seed on which the two disagree: every core takes every n-th seed.
fn first_mismatch(seeds: &Range<u64>) -> Option<u64> {
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let search = |worker: usize| {
        let mut own = seeds.clone().skip(worker).step_by(workers);
        own.find(|seed| differs(&case(*seed)))
    };
    std::thread::scope(|scope| {
        let searches: Vec<_> =
            (0..workers).map(|worker| scope.spawn(move || search(worker))).collect();
        let joined = searches.into_iter().map(std::thread::ScopedJoinHandle::join);
        let found =
            joined.map(|found| found.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        found.flatten().min()
    })
}

fn engine(case: &Case) -> Decision {
    let compiled = case.policies.compile();
    sekisho_iam::decide(&case.request, &compiled.layers())
}

fn specification(case: &Case) -> Decision {
    sekisho_spec::decide(&case.request, &case.policies)
}

fn differs(case: &Case) -> bool {
    engine(case) != specification(case)
}

fn report(seed: u64) -> String {
    let whole = case(seed);
    let small = shrink(whole.clone(), differs);
    let answers =
        |case: &Case| format!("engine {:?}\nspecification {:?}", engine(case), specification(case));
    format!("seed {seed}\n{}\n\nshrunk:\n{small}\n{}\n", answers(&whole), answers(&small))
}
