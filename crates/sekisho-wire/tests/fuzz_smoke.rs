//! The fuzzing targets of the wire, with their committed seeds and mutations of these.
#![expect(clippy::disallowed_methods, reason = "the seeds are files")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../../../fuzz/src/wire.rs"]
pub mod bodies;
#[path = "../../../fuzz/smoke.rs"]
pub mod smoke;

use smoke::smoke;

const WORDS: [&str; 34] = [
    "\r\n",
    "\n",
    "\n\n",
    "\0",
    "%00",
    "%FF",
    "..",
    "%2e%2e/",
    "//",
    "?",
    "&",
    "=",
    "+",
    ".member.1",
    ".entry.1.key=",
    "\"",
    "{",
    "[",
    "\\ud800",
    "null",
    "-9223372036854775809",
    "1e400",
    "<",
    "</",
    "<![CDATA[",
    "<!DOCTYPE a>",
    "&amp;",
    "&#0;",
    "ffffffffffffffff",
    "0\n",
    "x-amz-trailer",
    "AWS4-HMAC-SHA256",
    "Signature=",
    "é",
];

#[test]
fn json() {
    smoke("json", &WORDS, bodies::json);
}

#[test]
fn cbor() {
    smoke("cbor", &WORDS, bodies::cbor);
}

#[test]
fn requests() {
    smoke("request", &WORDS, bodies::request);
}

#[test]
fn replies() {
    smoke("reply", &WORDS, bodies::reply);
}

#[test]
fn signatures() {
    smoke("sigv4", &WORDS, bodies::sigv4);
}

#[test]
fn chunks() {
    smoke("chunked", &WORDS, bodies::chunked);
}
