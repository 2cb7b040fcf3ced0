//! A request in the first line, policies in sections below it.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sekisho_fuzz::policy::decide(bytes));
