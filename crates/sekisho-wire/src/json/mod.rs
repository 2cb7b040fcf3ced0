//! JSON bodies: awsJson 1.0 and 1.1, and the bodies of rest-json.
//!
//! Both directions go along the model, with no JSON tree in between. As AWS does: a member that is
//! `null` is absent, members that the model does not know are skipped, the last of two equal
//! members counts. Stricter than AWS, which is silent on it: a number with a fraction is no
//! integer, an integer outside of its 32 or 64 bits is refused, and so is `null` in a list or map.
//!
//! Smithy: "awsJson1.1 protocol",
//! <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>

mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
pub use write::write;
