//! AWS Key Management Service: symmetric encryption keys.

mod cipher;
mod context;
mod create_key;
mod crypto;
mod data_key;
mod decrypt;
mod describe_key;
mod encrypt;
mod envelope;
mod fault;
mod find;
mod generate_data_key;
mod generate_data_key_without_plaintext;
mod grants;
mod lockout;
mod managed;
mod metadata;
mod name;
mod policy;
mod source;
mod spec;
pub mod state;
mod tags;
mod tokens;
mod upkeep;

pub use create_key::CreateKey;
pub use decrypt::Decrypt;
pub use describe_key::DescribeKey;
pub use encrypt::Encrypt;
pub use generate_data_key::GenerateDataKey;
pub use generate_data_key_without_plaintext::GenerateDataKeyWithoutPlaintext;

use crate::operation::{Served, served};

pub mod inputs {
    //! The inputs of the operations that other services place.
    pub use super::decrypt::Input as Decrypt;
    pub use super::describe_key::Input as DescribeKey;
    pub use super::encrypt::Input as Encrypt;
    pub use super::generate_data_key::Input as GenerateDataKey;
}

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[
    served::<CreateKey>(),
    served::<Decrypt>(),
    served::<DescribeKey>(),
    served::<Encrypt>(),
    served::<GenerateDataKey>(),
    served::<GenerateDataKeyWithoutPlaintext>(),
];
