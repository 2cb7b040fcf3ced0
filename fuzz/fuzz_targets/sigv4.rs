//! A request as text, verified as it is, then signed, changed and verified.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sekisho_fuzz::wire::sigv4(bytes));
