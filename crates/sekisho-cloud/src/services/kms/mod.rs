//! AWS Key Management Service: symmetric encryption keys.

mod admin;
mod alias;
mod bounds;
mod cancel_key_deletion;
mod cipher;
mod constraints;
mod context;
mod create_alias;
mod create_grant;
mod create_key;
mod crypto;
mod data_key;
mod decrypt;
mod delete_alias;
mod describe_key;
mod disable_key;
mod disable_key_rotation;
mod enable_key;
mod enable_key_rotation;
mod encrypt;
mod envelope;
mod fault;
mod find;
mod generate_data_key;
mod generate_data_key_without_plaintext;
mod generate_random;
mod get_key_policy;
mod get_key_rotation_status;
mod grant_entry;
mod grantee;
mod grants;
mod list_aliases;
mod list_grants;
mod list_key_policies;
mod list_key_rotations;
mod list_keys;
mod list_resource_tags;
mod list_retirable_grants;
mod lockout;
mod managed;
mod metadata;
mod name;
mod page;
mod policy;
mod put_key_policy;
mod re_encrypt;
mod retire_grant;
mod revoke_grant;
mod rotate_key_on_demand;
mod schedule_key_deletion;
mod source;
mod spec;
pub mod state;
mod tag_resource;
mod tags;
mod tokens;
mod untag_resource;
mod update_alias;
mod update_key_description;
mod upkeep;

pub use cancel_key_deletion::CancelKeyDeletion;
pub use create_alias::CreateAlias;
pub use create_grant::CreateGrant;
pub use create_key::CreateKey;
pub use decrypt::Decrypt;
pub use delete_alias::DeleteAlias;
pub use describe_key::DescribeKey;
pub use disable_key::DisableKey;
pub use disable_key_rotation::DisableKeyRotation;
pub use enable_key::EnableKey;
pub use enable_key_rotation::EnableKeyRotation;
pub use encrypt::Encrypt;
pub use generate_data_key::GenerateDataKey;
pub use generate_data_key_without_plaintext::GenerateDataKeyWithoutPlaintext;
pub use generate_random::GenerateRandom;
pub use get_key_policy::GetKeyPolicy;
pub use get_key_rotation_status::GetKeyRotationStatus;
pub use list_aliases::ListAliases;
pub use list_grants::ListGrants;
pub use list_key_policies::ListKeyPolicies;
pub use list_key_rotations::ListKeyRotations;
pub use list_keys::ListKeys;
pub use list_resource_tags::ListResourceTags;
pub use list_retirable_grants::ListRetirableGrants;
pub use put_key_policy::PutKeyPolicy;
pub use re_encrypt::ReEncrypt;
pub use retire_grant::RetireGrant;
pub use revoke_grant::RevokeGrant;
pub use rotate_key_on_demand::RotateKeyOnDemand;
pub use schedule_key_deletion::ScheduleKeyDeletion;
pub use tag_resource::TagResource;
pub use untag_resource::UntagResource;
pub use update_alias::UpdateAlias;
pub use update_key_description::UpdateKeyDescription;

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
    served::<CancelKeyDeletion>(),
    served::<CreateAlias>(),
    served::<CreateGrant>(),
    served::<CreateKey>(),
    served::<Decrypt>(),
    served::<DeleteAlias>(),
    served::<DescribeKey>(),
    served::<DisableKey>(),
    served::<DisableKeyRotation>(),
    served::<EnableKey>(),
    served::<EnableKeyRotation>(),
    served::<Encrypt>(),
    served::<GenerateDataKey>(),
    served::<GenerateDataKeyWithoutPlaintext>(),
    served::<GenerateRandom>(),
    served::<GetKeyPolicy>(),
    served::<GetKeyRotationStatus>(),
    served::<ListAliases>(),
    served::<ListGrants>(),
    served::<ListKeyPolicies>(),
    served::<ListKeyRotations>(),
    served::<ListKeys>(),
    served::<ListResourceTags>(),
    served::<ListRetirableGrants>(),
    served::<PutKeyPolicy>(),
    served::<ReEncrypt>(),
    served::<RetireGrant>(),
    served::<RevokeGrant>(),
    served::<RotateKeyOnDemand>(),
    served::<ScheduleKeyDeletion>(),
    served::<TagResource>(),
    served::<UntagResource>(),
    served::<UpdateAlias>(),
    served::<UpdateKeyDescription>(),
];
