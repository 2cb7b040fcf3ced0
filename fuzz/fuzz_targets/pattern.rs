//! A pattern in the first line, a text in the rest.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sekisho_fuzz::policy::pattern(bytes));
