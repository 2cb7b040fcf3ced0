//! An operation in the first line, a JSON body in the rest.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sekisho_fuzz::wire::json(bytes));
