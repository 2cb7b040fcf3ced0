//! AWS Secrets Manager.

mod batch_get_secret_value;
mod create_secret;
mod delete_resource_policy;
mod delete_secret;
mod describe_secret;
mod fault;
mod filter;
mod find;
mod get_random_password;
mod get_resource_policy;
mod get_secret_value;
mod list_secret_version_ids;
mod list_secrets;
mod policy;
mod put_resource_policy;
mod put_secret_value;
mod restore_secret;
mod shown;
pub mod state;
mod tag_resource;
mod tags;
mod untag_resource;
mod update_secret;
mod update_secret_version_stage;
mod upkeep;
mod value;
mod versions;

pub use batch_get_secret_value::BatchGetSecretValue;
pub use create_secret::CreateSecret;
pub use delete_resource_policy::DeleteResourcePolicy;
pub use delete_secret::DeleteSecret;
pub use describe_secret::DescribeSecret;
pub use get_random_password::GetRandomPassword;
pub use get_resource_policy::GetResourcePolicy;
pub use get_secret_value::GetSecretValue;
pub use list_secret_version_ids::ListSecretVersionIds;
pub use list_secrets::ListSecrets;
pub use put_resource_policy::PutResourcePolicy;
pub use put_secret_value::PutSecretValue;
pub use restore_secret::RestoreSecret;
pub use tag_resource::TagResource;
pub use untag_resource::UntagResource;
pub use update_secret::UpdateSecret;
pub use update_secret_version_stage::UpdateSecretVersionStage;

use crate::operation::{Served, served};

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[
    served::<BatchGetSecretValue>(),
    served::<CreateSecret>(),
    served::<DeleteResourcePolicy>(),
    served::<DeleteSecret>(),
    served::<DescribeSecret>(),
    served::<GetRandomPassword>(),
    served::<GetResourcePolicy>(),
    served::<GetSecretValue>(),
    served::<ListSecretVersionIds>(),
    served::<ListSecrets>(),
    served::<PutResourcePolicy>(),
    served::<PutSecretValue>(),
    served::<RestoreSecret>(),
    served::<TagResource>(),
    served::<UntagResource>(),
    served::<UpdateSecret>(),
    served::<UpdateSecretVersionStage>(),
];
