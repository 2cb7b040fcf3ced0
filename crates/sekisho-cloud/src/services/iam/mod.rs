//! AWS Identity and Access Management.

mod add_role_to_instance_profile;
mod add_user_to_group;
mod attach_group_policy;
mod attach_role_policy;
mod attach_user_policy;
mod attached;
pub mod aws_managed;
mod boundary;
mod create_access_key;
mod create_account_alias;
mod create_group;
mod create_instance_profile;
mod create_policy;
mod create_policy_version;
mod create_role;
mod create_user;
mod delete_access_key;
mod delete_account_alias;
mod delete_group;
mod delete_group_policy;
mod delete_instance_profile;
mod delete_policy;
mod delete_policy_version;
mod delete_role;
mod delete_role_permissions_boundary;
mod delete_role_policy;
mod delete_user;
mod delete_user_permissions_boundary;
mod delete_user_policy;
mod detach_group_policy;
mod detach_role_policy;
mod detach_user_policy;
mod document;
mod empty;
mod fault;
mod get_access_key_last_used;
mod get_group;
mod get_group_policy;
mod get_instance_profile;
mod get_policy;
mod get_policy_version;
mod get_role;
mod get_role_policy;
mod get_user;
mod get_user_policy;
mod group_view;
pub mod ids;
mod inline;
mod list_access_keys;
mod list_account_aliases;
mod list_attached_group_policies;
mod list_attached_role_policies;
mod list_attached_user_policies;
mod list_entities_for_policy;
mod list_group_policies;
mod list_groups;
mod list_groups_for_user;
mod list_instance_profiles;
mod list_instance_profiles_for_role;
mod list_policies;
mod list_policy_tags;
mod list_policy_versions;
mod list_role_policies;
mod list_role_tags;
mod list_roles;
mod list_user_policies;
mod list_user_tags;
mod list_users;
pub mod managed;
mod paging;
mod policies;
mod policy_tags;
mod policy_view;
mod profile_view;
mod profiles;
mod put_group_policy;
mod put_role_permissions_boundary;
mod put_role_policy;
mod put_user_permissions_boundary;
mod put_user_policy;
mod remove_role_from_instance_profile;
mod remove_user_from_group;
mod role_view;
mod roles;
mod set_default_policy_version;
pub mod state;
mod tag_policy;
mod tag_role;
mod tag_user;
mod tags;
mod untag_policy;
mod untag_role;
mod untag_user;
mod update_access_key;
mod update_assume_role_policy;
mod update_group;
mod update_role;
mod update_role_description;
mod update_user;
mod usage;
mod user_view;
mod version_view;
mod who;

pub use add_role_to_instance_profile::AddRoleToInstanceProfile;
pub use add_user_to_group::AddUserToGroup;
pub use attach_group_policy::AttachGroupPolicy;
pub use attach_role_policy::AttachRolePolicy;
pub use attach_user_policy::AttachUserPolicy;
pub use create_access_key::{CreateAccessKey, NewKey};
pub use create_account_alias::CreateAccountAlias;
pub use create_group::CreateGroup;
pub use create_instance_profile::CreateInstanceProfile;
pub use create_policy::CreatePolicy;
pub use create_policy_version::CreatePolicyVersion;
pub use create_role::CreateRole;
pub use create_user::CreateUser;
pub use delete_access_key::DeleteAccessKey;
pub use delete_account_alias::DeleteAccountAlias;
pub use delete_group::DeleteGroup;
pub use delete_group_policy::DeleteGroupPolicy;
pub use delete_instance_profile::DeleteInstanceProfile;
pub use delete_policy::DeletePolicy;
pub use delete_policy_version::DeletePolicyVersion;
pub use delete_role::DeleteRole;
pub use delete_role_permissions_boundary::DeleteRolePermissionsBoundary;
pub use delete_role_policy::DeleteRolePolicy;
pub use delete_user::DeleteUser;
pub use delete_user_permissions_boundary::DeleteUserPermissionsBoundary;
pub use delete_user_policy::DeleteUserPolicy;
pub use detach_group_policy::DetachGroupPolicy;
pub use detach_role_policy::DetachRolePolicy;
pub use detach_user_policy::DetachUserPolicy;
pub use get_access_key_last_used::GetAccessKeyLastUsed;
pub use get_group::GetGroup;
pub use get_group_policy::GetGroupPolicy;
pub use get_instance_profile::GetInstanceProfile;
pub use get_policy::GetPolicy;
pub use get_policy_version::GetPolicyVersion;
pub use get_role::GetRole;
pub use get_role_policy::GetRolePolicy;
pub use get_user::GetUser;
pub use get_user_policy::GetUserPolicy;
pub use list_access_keys::ListAccessKeys;
pub use list_account_aliases::ListAccountAliases;
pub use list_attached_group_policies::ListAttachedGroupPolicies;
pub use list_attached_role_policies::ListAttachedRolePolicies;
pub use list_attached_user_policies::ListAttachedUserPolicies;
pub use list_entities_for_policy::ListEntitiesForPolicy;
pub use list_group_policies::ListGroupPolicies;
pub use list_groups::ListGroups;
pub use list_groups_for_user::ListGroupsForUser;
pub use list_instance_profiles::ListInstanceProfiles;
pub use list_instance_profiles_for_role::ListInstanceProfilesForRole;
pub use list_policies::ListPolicies;
pub use list_policy_tags::ListPolicyTags;
pub use list_policy_versions::ListPolicyVersions;
pub use list_role_policies::ListRolePolicies;
pub use list_role_tags::ListRoleTags;
pub use list_roles::ListRoles;
pub use list_user_policies::ListUserPolicies;
pub use list_user_tags::ListUserTags;
pub use list_users::ListUsers;
pub use put_group_policy::PutGroupPolicy;
pub use put_role_permissions_boundary::PutRolePermissionsBoundary;
pub use put_role_policy::PutRolePolicy;
pub use put_user_permissions_boundary::PutUserPermissionsBoundary;
pub use put_user_policy::PutUserPolicy;
pub use remove_role_from_instance_profile::RemoveRoleFromInstanceProfile;
pub use remove_user_from_group::RemoveUserFromGroup;
pub use set_default_policy_version::SetDefaultPolicyVersion;
pub use tag_policy::TagPolicy;
pub use tag_role::TagRole;
pub use tag_user::TagUser;
pub use untag_policy::UntagPolicy;
pub use untag_role::UntagRole;
pub use untag_user::UntagUser;
pub use update_access_key::UpdateAccessKey;
pub use update_assume_role_policy::UpdateAssumeRolePolicy;
pub use update_group::UpdateGroup;
pub use update_role::UpdateRole;
pub use update_role_description::UpdateRoleDescription;
pub use update_user::UpdateUser;

use crate::operation::{Served, served};

pub(crate) mod inputs {
    //! The inputs of the operations that the engine itself places.
    pub(crate) use super::attach_role_policy::Input as AttachRolePolicy;
    pub(crate) use super::attach_user_policy::Input as AttachUserPolicy;
    pub(crate) use super::create_access_key::Input as CreateAccessKey;
    pub(crate) use super::create_role::Input as CreateRole;
    pub(crate) use super::create_user::Input as CreateUser;
}

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[
    served::<AddRoleToInstanceProfile>(),
    served::<AddUserToGroup>(),
    served::<AttachGroupPolicy>(),
    served::<AttachRolePolicy>(),
    served::<AttachUserPolicy>(),
    served::<CreateAccessKey>(),
    served::<CreateAccountAlias>(),
    served::<CreateGroup>(),
    served::<CreateInstanceProfile>(),
    served::<CreatePolicy>(),
    served::<CreatePolicyVersion>(),
    served::<CreateRole>(),
    served::<CreateUser>(),
    served::<DeleteAccessKey>(),
    served::<DeleteAccountAlias>(),
    served::<DeleteGroup>(),
    served::<DeleteGroupPolicy>(),
    served::<DeleteInstanceProfile>(),
    served::<DeletePolicy>(),
    served::<DeletePolicyVersion>(),
    served::<DeleteRole>(),
    served::<DeleteRolePermissionsBoundary>(),
    served::<DeleteRolePolicy>(),
    served::<DeleteUser>(),
    served::<DeleteUserPermissionsBoundary>(),
    served::<DeleteUserPolicy>(),
    served::<DetachGroupPolicy>(),
    served::<DetachRolePolicy>(),
    served::<DetachUserPolicy>(),
    served::<GetAccessKeyLastUsed>(),
    served::<GetGroup>(),
    served::<GetGroupPolicy>(),
    served::<GetInstanceProfile>(),
    served::<GetPolicy>(),
    served::<GetPolicyVersion>(),
    served::<GetRole>(),
    served::<GetRolePolicy>(),
    served::<GetUser>(),
    served::<GetUserPolicy>(),
    served::<ListAccessKeys>(),
    served::<ListAccountAliases>(),
    served::<ListAttachedGroupPolicies>(),
    served::<ListAttachedRolePolicies>(),
    served::<ListAttachedUserPolicies>(),
    served::<ListEntitiesForPolicy>(),
    served::<ListGroupPolicies>(),
    served::<ListGroups>(),
    served::<ListGroupsForUser>(),
    served::<ListInstanceProfiles>(),
    served::<ListInstanceProfilesForRole>(),
    served::<ListPolicies>(),
    served::<ListPolicyTags>(),
    served::<ListPolicyVersions>(),
    served::<ListRolePolicies>(),
    served::<ListRoleTags>(),
    served::<ListRoles>(),
    served::<ListUserPolicies>(),
    served::<ListUserTags>(),
    served::<ListUsers>(),
    served::<PutGroupPolicy>(),
    served::<PutRolePermissionsBoundary>(),
    served::<PutRolePolicy>(),
    served::<PutUserPermissionsBoundary>(),
    served::<PutUserPolicy>(),
    served::<RemoveRoleFromInstanceProfile>(),
    served::<RemoveUserFromGroup>(),
    served::<SetDefaultPolicyVersion>(),
    served::<TagPolicy>(),
    served::<TagRole>(),
    served::<TagUser>(),
    served::<UntagPolicy>(),
    served::<UntagRole>(),
    served::<UntagUser>(),
    served::<UpdateAccessKey>(),
    served::<UpdateAssumeRolePolicy>(),
    served::<UpdateGroup>(),
    served::<UpdateRole>(),
    served::<UpdateRoleDescription>(),
    served::<UpdateUser>(),
];
