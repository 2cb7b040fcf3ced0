//! AWS Identity and Access Management.

mod attach_user_policy;
mod attached;
pub mod aws_managed;
mod boundary;
mod create_access_key;
mod create_role;
mod create_user;
mod document;
mod empty;
mod fault;
mod get_role;
mod get_user;
pub mod ids;
mod inline;
pub mod managed;
mod paging;
mod put_user_policy;
mod role_view;
mod roles;
pub mod state;
mod tags;
mod user_view;
mod who;

pub use attach_user_policy::AttachUserPolicy;
pub use create_access_key::{CreateAccessKey, NewKey};
pub use create_role::CreateRole;
pub use create_user::CreateUser;
pub use get_role::GetRole;
pub use get_user::GetUser;
pub use put_user_policy::PutUserPolicy;

use crate::operation::{Served, served};

pub(crate) mod inputs {
    //! The inputs of the operations that the engine itself places.
    pub(crate) use super::attach_user_policy::Input as AttachUserPolicy;
    pub(crate) use super::create_access_key::Input as CreateAccessKey;
    pub(crate) use super::create_role::Input as CreateRole;
    pub(crate) use super::create_user::Input as CreateUser;
}

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[
    served::<AttachUserPolicy>(),
    served::<CreateAccessKey>(),
    served::<CreateRole>(),
    served::<CreateUser>(),
    served::<GetRole>(),
    served::<GetUser>(),
    served::<PutUserPolicy>(),
];
