//! A request as text, routed and read.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sekisho_fuzz::wire::request(bytes));
