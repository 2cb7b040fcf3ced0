//! Any bytes, read as a tree and as a policy of every kind.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sekisho_fuzz::policy::document(bytes));
