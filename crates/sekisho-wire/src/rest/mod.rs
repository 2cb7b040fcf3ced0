//! REST: members in the path, the query string, headers and the body.
//!
//! Smithy, "HTTP binding traits" (<https://smithy.io/2.0/spec/http-bindings.html>) and the "restJson1" and
//! "restXml" protocol pages.

mod header;
pub(crate) mod read;
pub(crate) mod write;

pub use header::METADATA_BYTES_MAX;
