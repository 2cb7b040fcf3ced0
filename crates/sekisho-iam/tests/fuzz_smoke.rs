//! The fuzzing targets of policies, with their committed seeds and mutations of these.
#![expect(clippy::disallowed_methods, reason = "the seeds are files")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../../../fuzz/src/policy.rs"]
pub mod bodies;
#[path = "../../../fuzz/smoke.rs"]
pub mod smoke;

use smoke::smoke;

const WORDS: [&str; 20] = [
    "*",
    "?",
    "${aws:username}",
    "${",
    "}",
    ":",
    "\"",
    ",",
    "[",
    "{",
    "\\u0000",
    "é",
    "\n",
    "\n--- resource\n",
    "\"NotAction\"",
    "\"NotPrincipal\": \"*\"",
    "\"Effect\": \"Deny\"",
    "arn:aws:iam::111111111111:root",
    "IfExists",
    "ForAllValues:",
];

#[test]
fn documents() {
    smoke("document", &WORDS, bodies::document);
}

#[test]
fn patterns() {
    smoke("pattern", &WORDS, bodies::pattern);
}

#[test]
fn decisions() {
    smoke("decide", &WORDS, bodies::decide);
}
