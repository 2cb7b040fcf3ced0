//! Between values and the small structs that operations declare.
//!
//! A struct lists the members that are served, and nothing else:
//!
//! ```
//! use sekisho_wire::{Blob, from_value, value::Structure, Value};
//!
//! #[derive(serde::Deserialize)]
//! #[serde(rename_all = "PascalCase", deny_unknown_fields)]
//! struct DecryptRequest {
//!     ciphertext_blob: Blob,
//!     key_id: Option<String>,
//! }
//!
//! let mut members = Structure::new();
//! members.set("CiphertextBlob", Value::Blob(b"sealed".as_slice().into()));
//! let request: DecryptRequest = from_value(Value::Structure(members)).unwrap();
//! assert_eq!(&*request.ciphertext_blob, b"sealed");
//! assert!(request.key_id.is_none());
//! ```
//!
//! A member that AWS knows and the struct does not is an error of its own
//! ([`FromValueError::MemberNotServed`]): it is refused by name, never ignored. Whether AWS knows
//! the names of a struct is held by [`holds`] in the tests of who declares it; of a reply by [`fits`].
//!
//! A Rust enum of unit variants is a string with those values; an enum of newtype variants is a
//! union: a structure of which one member is set.

mod de;
mod fits;
mod holds;
mod newtype;
mod ser;

pub use de::{FromValueError, from_value};
pub use fits::fits;
pub use holds::holds;
pub use newtype::{Blob, Millis};
pub use ser::{ToValueError, to_value};

#[cfg(test)]
mod tests;
