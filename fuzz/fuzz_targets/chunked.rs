//! A length and trailers in the first line, a body in the rest.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sekisho_fuzz::wire::chunked(bytes));
