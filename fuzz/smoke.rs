//! A bounded run of fuzzing targets: their committed seeds and mutations of them, always the same. The
//! real fuzzer is `cargo xtask fuzz`; an input that it finds becomes a seed.

use std::path::Path;
use std::{fs, panic};

/// How many mutations of each seed are tried.
const MUTATIONS: u64 = 100;

/// Fewer seeds would be a corpus that somebody forgot to commit.
const SEEDS_MIN: usize = 24;

/// Tries the seeds of a target. `words` are what a mutation puts in, because letters alone rarely
/// make one.
pub fn smoke(target: &str, words: &[&str], body: fn(&[u8])) {
    let seeds = seeds(target);
    assert!(seeds.len() >= SEEDS_MIN, "{} seeds of `{target}`", seeds.len());
    for (name, seed) in &seeds {
        try_one(name, seed, body);
        for mutation in 1..=MUTATIONS {
            let mut dice = Dice(mutation);
            let bytes = mutated(seed, &seeds, words, &mut dice);
            try_one(&format!("{name}, mutation {mutation}"), &bytes, body);
        }
    }
}

/// The committed seeds of a target by name, in the order of their names.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let mut seeds: Vec<_> = paths.map(|path| (name(&path), fs::read(&path).unwrap())).collect();
    seeds.sort();
    seeds
}

/// Runs a body and, where it fails, shows the bytes: they are the next seed.
fn try_one(name: &str, bytes: &[u8], body: fn(&[u8])) {
    let passed = panic::catch_unwind(|| body(bytes)).is_ok();
    assert!(passed, "{name} fails (see above) with\n{}", String::from_utf8_lossy(bytes));
}

/// One to four changes of the seed.
fn mutated(seed: &[u8], seeds: &[(String, Vec<u8>)], words: &[&str], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(4) {
        mutate(&mut bytes, seeds, words, dice);
    }
    bytes
}

fn mutate(bytes: &mut Vec<u8>, seeds: &[(String, Vec<u8>)], words: &[&str], dice: &mut Dice) {
    let from = dice.below(bytes.len() + 1);
    let to = (from + dice.below(16)).min(bytes.len());
    match dice.below(5) {
        0 => drop(bytes.splice(from..from, words[dice.below(words.len())].bytes())),
        1 => drop(bytes.drain(from..to)),
        2 => bytes.extend_from_within(from..to),
        3 => drop(bytes.splice(from..to, [u8::try_from(dice.below(256)).unwrap()])),
        _ => {
            let (_, other) = &seeds[dice.below(seeds.len())];
            let start = dice.below(other.len() + 1);
            drop(bytes.splice(from.., other[start..].iter().copied()));
        }
    }
}

/// Numbers that look random and are always the same (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from(mixed >> 33).unwrap() % end.max(1)
    }
}
