//! Bytes and typed calls: what the AWS CLI and the SDKs send, read into values, and back.
//!
//! ```text
//! head, body -> route -> read::request -> Value -> validate -> from_value -> a small serde struct
//! a small serde struct -> to_value -> Value -> write::reply | write::error -> status, headers, body
//! ```
//!
//! One codec serves every operation of every service in the models: it is driven by AWS's own API
//! models, held here as compact data ([`model`]). Nothing here does I/O, takes the time or rolls dice.

pub mod bridge;
pub mod cbor;
pub mod json;
pub mod model;
mod text;
mod unreadable;
pub mod value;

pub use bridge::{Blob, FromValueError, Millis, ToValueError, from_value, holds, to_value};
pub use unreadable::{
    ELEMENTS_MAX, NESTING_MAX, SERIALIZATION_EXCEPTION, Unreadable, Unwritable,
};
pub use value::Value;
