//! The bodies of the fuzzing targets: of policies and decisions, and of what comes over the wire.
//!
//! The targets in `fuzz_targets/` call them with what libFuzzer invents. Tests of the crates that they
//! fuzz (`fuzz_smoke.rs`) call them with the committed seeds in `corpus/` and mutations of these, in
//! every run of the tests; `smoke.rs` beside this folder is how.

pub mod policy;
pub mod wire;
