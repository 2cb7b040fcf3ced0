//! AWS Identity and Access Management.

mod add_user_to_group;
mod attach_group_policy;
mod attach_user_policy;
mod attached;
pub mod aws_managed;
mod boundary;
mod create_access_key;
mod create_account_alias;
mod create_group;
mod create_user;
mod delete_access_key;
mod delete_account_alias;
mod delete_group;
mod delete_group_policy;
mod delete_user;
mod delete_user_permissions_boundary;
mod delete_user_policy;
mod detach_group_policy;
mod detach_user_policy;
mod empty;
mod fault;
mod get_access_key_last_used;
mod get_context_keys_for_custom_policy;
mod get_context_keys_for_principal_policy;
mod get_group;
mod get_group_policy;
mod get_user;
mod get_user_policy;
mod group_view;
pub mod ids;
mod inline;
mod list_access_keys;
mod list_account_aliases;
mod list_attached_group_policies;
mod list_attached_user_policies;
mod list_group_policies;
mod list_groups;
mod list_groups_for_user;
mod list_user_policies;
mod list_user_tags;
mod list_users;
pub mod managed;
mod paging;
mod put_group_policy;
mod put_user_permissions_boundary;
mod put_user_policy;
mod remove_user_from_group;
mod simulate_custom_policy;
mod simulate_principal_policy;
mod simulation;
pub mod state;
mod tag_user;
mod tags;
mod untag_user;
mod update_access_key;
mod update_group;
mod update_user;
mod user_view;
mod who;

pub use add_user_to_group::AddUserToGroup;
pub use attach_group_policy::AttachGroupPolicy;
pub use attach_user_policy::AttachUserPolicy;
pub use create_access_key::{CreateAccessKey, NewKey};
pub use create_account_alias::CreateAccountAlias;
pub use create_group::CreateGroup;
pub use create_user::CreateUser;
pub use delete_access_key::DeleteAccessKey;
pub use delete_account_alias::DeleteAccountAlias;
pub use delete_group::DeleteGroup;
pub use delete_group_policy::DeleteGroupPolicy;
pub use delete_user::DeleteUser;
pub use delete_user_permissions_boundary::DeleteUserPermissionsBoundary;
pub use delete_user_policy::DeleteUserPolicy;
pub use detach_group_policy::DetachGroupPolicy;
pub use detach_user_policy::DetachUserPolicy;
pub use get_access_key_last_used::GetAccessKeyLastUsed;
pub use get_context_keys_for_custom_policy::GetContextKeysForCustomPolicy;
pub use get_context_keys_for_principal_policy::GetContextKeysForPrincipalPolicy;
pub use get_group::GetGroup;
pub use get_group_policy::GetGroupPolicy;
pub use get_user::GetUser;
pub use get_user_policy::GetUserPolicy;
pub use list_access_keys::ListAccessKeys;
pub use list_account_aliases::ListAccountAliases;
pub use list_attached_group_policies::ListAttachedGroupPolicies;
pub use list_attached_user_policies::ListAttachedUserPolicies;
pub use list_group_policies::ListGroupPolicies;
pub use list_groups::ListGroups;
pub use list_groups_for_user::ListGroupsForUser;
pub use list_user_policies::ListUserPolicies;
pub use list_user_tags::ListUserTags;
pub use list_users::ListUsers;
pub use put_group_policy::PutGroupPolicy;
pub use put_user_permissions_boundary::PutUserPermissionsBoundary;
pub use put_user_policy::PutUserPolicy;
pub use remove_user_from_group::RemoveUserFromGroup;
pub use simulate_custom_policy::SimulateCustomPolicy;
pub use simulate_principal_policy::SimulatePrincipalPolicy;
pub use tag_user::TagUser;
pub use untag_user::UntagUser;
pub use update_access_key::UpdateAccessKey;
pub use update_group::UpdateGroup;
pub use update_user::UpdateUser;

use crate::operation::{Served, served};

pub(crate) mod inputs {
    //! The inputs of the operations that the engine itself places.
    pub(crate) use super::attach_user_policy::Input as AttachUserPolicy;
    pub(crate) use super::create_access_key::Input as CreateAccessKey;
    pub(crate) use super::create_user::Input as CreateUser;
}

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[
    served::<AddUserToGroup>(),
    served::<AttachGroupPolicy>(),
    served::<AttachUserPolicy>(),
    served::<CreateAccessKey>(),
    served::<CreateAccountAlias>(),
    served::<CreateGroup>(),
    served::<CreateUser>(),
    served::<DeleteAccessKey>(),
    served::<DeleteAccountAlias>(),
    served::<DeleteGroup>(),
    served::<DeleteGroupPolicy>(),
    served::<DeleteUser>(),
    served::<DeleteUserPermissionsBoundary>(),
    served::<DeleteUserPolicy>(),
    served::<DetachGroupPolicy>(),
    served::<DetachUserPolicy>(),
    served::<GetAccessKeyLastUsed>(),
    served::<GetContextKeysForCustomPolicy>(),
    served::<GetContextKeysForPrincipalPolicy>(),
    served::<GetGroup>(),
    served::<GetGroupPolicy>(),
    served::<GetUser>(),
    served::<GetUserPolicy>(),
    served::<ListAccessKeys>(),
    served::<ListAccountAliases>(),
    served::<ListAttachedGroupPolicies>(),
    served::<ListAttachedUserPolicies>(),
    served::<ListGroupPolicies>(),
    served::<ListGroups>(),
    served::<ListGroupsForUser>(),
    served::<ListUserPolicies>(),
    served::<ListUserTags>(),
    served::<ListUsers>(),
    served::<PutGroupPolicy>(),
    served::<PutUserPermissionsBoundary>(),
    served::<PutUserPolicy>(),
    served::<RemoveUserFromGroup>(),
    served::<SimulateCustomPolicy>(),
    served::<SimulatePrincipalPolicy>(),
    served::<TagUser>(),
    served::<UntagUser>(),
    served::<UpdateAccessKey>(),
    served::<UpdateGroup>(),
    served::<UpdateUser>(),
];
