//! Bytes and typed calls: what the AWS CLI and the SDKs send, read into values, and back.
//!
//! ```text
//! head, body -> route -> request::read -> Value -> validate -> from_value -> a small serde struct
//! a small serde struct -> to_value -> Value -> reply::write | error::write -> status, headers, body
//! ```
//!
//! One codec serves every operation of every service in the models: it is driven by AWS's own API
//! models, held here as compact data ([`model`]). Nothing here does I/O, takes the time or rolls dice.

pub mod bridge;
pub mod cbor;
pub mod checksum;
pub mod chunked;
pub mod error;
pub mod json;
pub mod model;
mod query;
pub mod reply;
pub mod request;
mod rest;
pub mod route;
pub mod sigv4;
mod text;
mod unreadable;
mod uri;
pub mod validate;
pub mod value;
mod xml;

pub use bridge::{Blob, FromValueError, Millis, ToValueError};
pub use bridge::{fits, from_value, holds, to_value};
pub use query::FORM_STEPS_MAX;
pub use rest::METADATA_BYTES_MAX;
pub use unreadable::{ELEMENTS_MAX, NESTING_MAX, SERIALIZATION_EXCEPTION, Unreadable, Unwritable};
pub use uri::PARAMETERS_MAX;
pub use value::Value;
pub use xml::{XML_DEPTH_MAX, XML_ELEMENTS_MAX};
