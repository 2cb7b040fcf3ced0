//! The query protocol: forms in, XML out.
//!
//! Smithy, "AWS query protocol" (<https://smithy.io/2.0/aws/protocols/aws-query-protocol.html>).

pub(crate) mod read;
pub(crate) mod write;

pub use read::FORM_STEPS_MAX;
