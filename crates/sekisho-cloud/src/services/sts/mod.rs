//! AWS Security Token Service.

mod assume_role;
mod credentials;
mod decode_authorization_message;
mod fault;
mod get_access_key_info;
mod get_caller_identity;
mod get_federation_token;
mod get_session_token;
pub mod message;
mod mfa;
mod policies;
pub mod state;
mod tags;

pub use assume_role::AssumeRole;
pub use decode_authorization_message::DecodeAuthorizationMessage;
pub use get_access_key_info::GetAccessKeyInfo;
pub use get_caller_identity::GetCallerIdentity;
pub use get_federation_token::GetFederationToken;
pub use get_session_token::GetSessionToken;

use crate::operation::{Served, served};

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[
    served::<AssumeRole>(),
    served::<DecodeAuthorizationMessage>(),
    served::<GetAccessKeyInfo>(),
    served::<GetCallerIdentity>(),
    served::<GetFederationToken>(),
    served::<GetSessionToken>(),
];
