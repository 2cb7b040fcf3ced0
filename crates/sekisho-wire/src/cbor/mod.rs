//! CBOR bodies: Smithy RPC v2.
//!
//! A structure is a map from the names of its members; a point in time is tag 1 around seconds; what is
//! `null` in a structure is absent. Strings, lists and maps of unknown length are taken, and not written.
//!
//! Smithy: "Smithy RPC v2 CBOR protocol",
//! <https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html>; RFC 8949.

mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
pub use write::write;
