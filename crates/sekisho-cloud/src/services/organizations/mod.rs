//! AWS Organizations.

mod accept_handshake;
mod attach_policy;
mod create_account;
mod create_organization;
mod create_organizational_unit;
mod create_policy;
mod delete_organizational_unit;
mod delete_policy;
mod describe_account;
mod describe_create_account_status;
mod describe_organization;
mod describe_organizational_unit;
mod describe_policy;
mod detach_policy;
mod disable_policy_type;
mod document;
mod empty;
mod enable_policy_type;
mod fault;
mod ids;
mod invite_account_to_organization;
mod list_accounts;
mod list_accounts_for_parent;
mod list_aws_service_access_for_organization;
mod list_children;
mod list_create_account_status;
mod list_organizational_units_for_parent;
mod list_parents;
mod list_policies;
mod list_policies_for_target;
mod list_roots;
mod list_tags_for_resource;
mod list_targets_for_policy;
mod members;
mod move_account;
mod page;
mod policy_type;
pub mod state;
mod tag_resource;
mod tags;
mod things;
mod untag_resource;
mod update_organizational_unit;
mod update_policy;
mod views;
mod who;

pub use accept_handshake::AcceptHandshake;
pub use attach_policy::AttachPolicy;
pub use create_account::CreateAccount;
pub use create_organization::CreateOrganization;
pub use create_organizational_unit::CreateOrganizationalUnit;
pub use create_policy::CreatePolicy;
pub use delete_organizational_unit::DeleteOrganizationalUnit;
pub use delete_policy::DeletePolicy;
pub use describe_account::DescribeAccount;
pub use describe_create_account_status::DescribeCreateAccountStatus;
pub use describe_organization::DescribeOrganization;
pub use describe_organizational_unit::DescribeOrganizationalUnit;
pub use describe_policy::DescribePolicy;
pub use detach_policy::DetachPolicy;
pub use disable_policy_type::DisablePolicyType;
pub use enable_policy_type::EnablePolicyType;
pub use invite_account_to_organization::InviteAccountToOrganization;
pub use list_accounts::ListAccounts;
pub use list_accounts_for_parent::ListAccountsForParent;
pub use list_aws_service_access_for_organization::ListAWSServiceAccessForOrganization;
pub use list_children::ListChildren;
pub use list_create_account_status::ListCreateAccountStatus;
pub use list_organizational_units_for_parent::ListOrganizationalUnitsForParent;
pub use list_parents::ListParents;
pub use list_policies::ListPolicies;
pub use list_policies_for_target::ListPoliciesForTarget;
pub use list_roots::ListRoots;
pub use list_tags_for_resource::ListTagsForResource;
pub use list_targets_for_policy::ListTargetsForPolicy;
pub use move_account::MoveAccount;
pub use tag_resource::TagResource;
pub use untag_resource::UntagResource;
pub use update_organizational_unit::UpdateOrganizationalUnit;
pub use update_policy::UpdatePolicy;

use crate::operation::{Served, served};

pub(crate) mod inputs {
    //! The inputs of the operations that the engine itself places.
    pub(crate) use super::accept_handshake::Input as AcceptHandshake;
    pub(crate) use super::create_organization::Input as CreateOrganization;
    pub(crate) use super::create_organizational_unit::Input as CreateOrganizationalUnit;
    pub(crate) use super::invite_account_to_organization::{
        Input as InviteAccountToOrganization, Target, TargetType,
    };
    pub(crate) use super::move_account::Input as MoveAccount;
}

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[
    served::<AcceptHandshake>(),
    served::<AttachPolicy>(),
    served::<CreateAccount>(),
    served::<CreateOrganization>(),
    served::<CreateOrganizationalUnit>(),
    served::<CreatePolicy>(),
    served::<DeleteOrganizationalUnit>(),
    served::<DeletePolicy>(),
    served::<DescribeAccount>(),
    served::<DescribeCreateAccountStatus>(),
    served::<DescribeOrganization>(),
    served::<DescribeOrganizationalUnit>(),
    served::<DescribePolicy>(),
    served::<DetachPolicy>(),
    served::<DisablePolicyType>(),
    served::<EnablePolicyType>(),
    served::<InviteAccountToOrganization>(),
    served::<ListAWSServiceAccessForOrganization>(),
    served::<ListAccounts>(),
    served::<ListAccountsForParent>(),
    served::<ListChildren>(),
    served::<ListCreateAccountStatus>(),
    served::<ListOrganizationalUnitsForParent>(),
    served::<ListParents>(),
    served::<ListPolicies>(),
    served::<ListPoliciesForTarget>(),
    served::<ListRoots>(),
    served::<ListTagsForResource>(),
    served::<ListTargetsForPolicy>(),
    served::<MoveAccount>(),
    served::<TagResource>(),
    served::<UntagResource>(),
    served::<UpdateOrganizationalUnit>(),
    served::<UpdatePolicy>(),
];
