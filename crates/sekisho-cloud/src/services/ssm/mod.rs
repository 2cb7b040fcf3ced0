//! AWS Systems Manager, Parameter Store.

mod add_tags_to_resource;
mod delete_parameter;
mod delete_parameters;
mod describe_parameters;
mod draft;
mod fault;
mod filter;
mod get_parameter;
mod get_parameter_history;
mod get_parameters;
mod get_parameters_by_path;
mod history;
mod label_parameter_version;
mod list_tags_for_resource;
mod name;
mod put_parameter;
mod remove_tags_from_resource;
mod shown;
pub mod state;
mod tags;
mod unlabel_parameter_version;
mod value;

pub use add_tags_to_resource::AddTagsToResource;
pub use delete_parameter::DeleteParameter;
pub use delete_parameters::DeleteParameters;
pub use describe_parameters::DescribeParameters;
pub use get_parameter::GetParameter;
pub use get_parameter_history::GetParameterHistory;
pub use get_parameters::GetParameters;
pub use get_parameters_by_path::GetParametersByPath;
pub use label_parameter_version::LabelParameterVersion;
pub use list_tags_for_resource::ListTagsForResource;
pub use put_parameter::PutParameter;
pub use remove_tags_from_resource::RemoveTagsFromResource;
pub use unlabel_parameter_version::UnlabelParameterVersion;

use crate::operation::{Served, served};

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[
    served::<AddTagsToResource>(),
    served::<DeleteParameter>(),
    served::<DeleteParameters>(),
    served::<DescribeParameters>(),
    served::<GetParameter>(),
    served::<GetParameterHistory>(),
    served::<GetParameters>(),
    served::<GetParametersByPath>(),
    served::<LabelParameterVersion>(),
    served::<ListTagsForResource>(),
    served::<PutParameter>(),
    served::<RemoveTagsFromResource>(),
    served::<UnlabelParameterVersion>(),
];
