//! An operation in the first line, its output as JSON in the rest.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sekisho_fuzz::wire::reply(bytes));
