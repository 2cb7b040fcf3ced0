//! Amazon Simple Storage Service.

mod abort_multipart_upload;
pub mod ask;
mod assembly;
mod bodies;
mod complete_multipart_upload;
mod conditions;
mod contents;
mod copy_object;
mod copying;
mod create_multipart_upload;
mod delete_object;
mod delete_object_tagging;
mod delete_objects;
mod fault;
mod finding;
mod get_object;
mod get_object_acl;
mod get_object_tagging;
mod head_object;
mod list_multipart_uploads;
mod list_object_versions;
mod list_objects;
mod list_objects_v2;
mod list_parts;
mod listed;
mod name;
mod object_fault;
mod object_tags;
mod order;
mod put_object;
mod put_object_tagging;
mod range;
mod reading;
mod seals;
pub mod state;
mod sums;
mod upload_part;
mod uploads;
mod walk;
mod writing;

pub use abort_multipart_upload::AbortMultipartUpload;
pub use complete_multipart_upload::CompleteMultipartUpload;
pub use copy_object::CopyObject;
pub use create_multipart_upload::CreateMultipartUpload;
pub use delete_object::DeleteObject;
pub use delete_object_tagging::DeleteObjectTagging;
pub use delete_objects::DeleteObjects;
pub use get_object::GetObject;
pub use get_object_acl::GetObjectAcl;
pub use get_object_tagging::GetObjectTagging;
pub use head_object::HeadObject;
pub use list_multipart_uploads::ListMultipartUploads;
pub use list_object_versions::ListObjectVersions;
pub use list_objects::ListObjects;
pub use list_objects_v2::ListObjectsV2;
pub use list_parts::ListParts;
pub use put_object::PutObject;
pub use put_object_tagging::PutObjectTagging;
pub use upload_part::UploadPart;

use crate::operation::{Served, served};

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[
    served::<AbortMultipartUpload>(),
    served::<CompleteMultipartUpload>(),
    served::<CopyObject>(),
    served::<CreateMultipartUpload>(),
    served::<DeleteObject>(),
    served::<DeleteObjectTagging>(),
    served::<DeleteObjects>(),
    served::<GetObject>(),
    served::<GetObjectAcl>(),
    served::<GetObjectTagging>(),
    served::<HeadObject>(),
    served::<ListMultipartUploads>(),
    served::<ListObjectVersions>(),
    served::<ListObjects>(),
    served::<ListObjectsV2>(),
    served::<ListParts>(),
    served::<PutObject>(),
    served::<PutObjectTagging>(),
    served::<UploadPart>(),
];
