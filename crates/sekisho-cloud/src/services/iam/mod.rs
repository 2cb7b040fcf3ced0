//! AWS Identity and Access Management.

mod create_user;
mod fault;
mod get_user;
pub mod ids;
pub mod managed;
pub mod state;
mod tags;
mod user_view;
mod who;

pub use create_user::CreateUser;
pub use get_user::GetUser;

use crate::operation::{Served, served};

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[served::<CreateUser>(), served::<GetUser>()];
