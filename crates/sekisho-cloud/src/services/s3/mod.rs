//! Amazon Simple Storage Service.

mod abort_multipart_upload;
mod acl;
pub mod ask;
mod assembly;
mod bodies;
mod complete_multipart_upload;
mod conditions;
mod contents;
mod copy_object;
mod copying;
mod create_bucket;
mod create_multipart_upload;
mod delete_bucket;
mod delete_bucket_encryption;
mod delete_bucket_lifecycle;
mod delete_bucket_ownership_controls;
mod delete_bucket_policy;
mod delete_bucket_tagging;
mod delete_object;
mod delete_object_tagging;
mod delete_objects;
mod delete_public_access_block;
mod fault;
mod finding;
mod get_bucket_accelerate_configuration;
mod get_bucket_acl;
mod get_bucket_cors;
mod get_bucket_encryption;
mod get_bucket_lifecycle_configuration;
mod get_bucket_location;
mod get_bucket_logging;
mod get_bucket_notification_configuration;
mod get_bucket_ownership_controls;
mod get_bucket_policy;
mod get_bucket_policy_status;
mod get_bucket_replication;
mod get_bucket_request_payment;
mod get_bucket_tagging;
mod get_bucket_versioning;
mod get_bucket_website;
mod get_object;
mod get_object_acl;
mod get_object_attributes;
mod get_object_lock_configuration;
mod get_object_tagging;
mod get_public_access_block;
mod head_bucket;
mod head_object;
mod lifecycle;
mod list_buckets;
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
mod policy;
mod policy_fit;
mod policy_text;
mod put_bucket_acl;
mod put_bucket_encryption;
mod put_bucket_lifecycle_configuration;
mod put_bucket_ownership_controls;
mod put_bucket_policy;
mod put_bucket_tagging;
mod put_bucket_versioning;
mod put_object;
mod put_object_tagging;
mod put_public_access_block;
mod range;
mod reading;
mod region;
mod seals;
mod shapes;
pub mod state;
mod sums;
mod tags;
#[cfg(test)]
mod testing;
mod upload_part;
mod upload_part_copy;
mod uploads;
mod walk;
mod writing;

pub use abort_multipart_upload::AbortMultipartUpload;
pub use complete_multipart_upload::CompleteMultipartUpload;
pub use copy_object::CopyObject;
pub use create_bucket::CreateBucket;
pub use create_multipart_upload::CreateMultipartUpload;
pub use delete_bucket::DeleteBucket;
pub use delete_bucket_encryption::DeleteBucketEncryption;
pub use delete_bucket_lifecycle::DeleteBucketLifecycle;
pub use delete_bucket_ownership_controls::DeleteBucketOwnershipControls;
pub use delete_bucket_policy::DeleteBucketPolicy;
pub use delete_bucket_tagging::DeleteBucketTagging;
pub use delete_object::DeleteObject;
pub use delete_object_tagging::DeleteObjectTagging;
pub use delete_objects::DeleteObjects;
pub use delete_public_access_block::DeletePublicAccessBlock;
pub use get_bucket_accelerate_configuration::GetBucketAccelerateConfiguration;
pub use get_bucket_acl::GetBucketAcl;
pub use get_bucket_cors::GetBucketCors;
pub use get_bucket_encryption::GetBucketEncryption;
pub use get_bucket_lifecycle_configuration::GetBucketLifecycleConfiguration;
pub use get_bucket_location::GetBucketLocation;
pub use get_bucket_logging::GetBucketLogging;
pub use get_bucket_notification_configuration::GetBucketNotificationConfiguration;
pub use get_bucket_ownership_controls::GetBucketOwnershipControls;
pub use get_bucket_policy::GetBucketPolicy;
pub use get_bucket_policy_status::GetBucketPolicyStatus;
pub use get_bucket_replication::GetBucketReplication;
pub use get_bucket_request_payment::GetBucketRequestPayment;
pub use get_bucket_tagging::GetBucketTagging;
pub use get_bucket_versioning::GetBucketVersioning;
pub use get_bucket_website::GetBucketWebsite;
pub use get_object::GetObject;
pub use get_object_acl::GetObjectAcl;
pub use get_object_attributes::GetObjectAttributes;
pub use get_object_lock_configuration::GetObjectLockConfiguration;
pub use get_object_tagging::GetObjectTagging;
pub use get_public_access_block::GetPublicAccessBlock;
pub use head_bucket::HeadBucket;
pub use head_object::HeadObject;
pub use list_buckets::ListBuckets;
pub use list_multipart_uploads::ListMultipartUploads;
pub use list_object_versions::ListObjectVersions;
pub use list_objects::ListObjects;
pub use list_objects_v2::ListObjectsV2;
pub use list_parts::ListParts;
pub use put_bucket_acl::PutBucketAcl;
pub use put_bucket_encryption::PutBucketEncryption;
pub use put_bucket_lifecycle_configuration::PutBucketLifecycleConfiguration;
pub use put_bucket_ownership_controls::PutBucketOwnershipControls;
pub use put_bucket_policy::PutBucketPolicy;
pub use put_bucket_tagging::PutBucketTagging;
pub use put_bucket_versioning::PutBucketVersioning;
pub use put_object::PutObject;
pub use put_object_tagging::PutObjectTagging;
pub use put_public_access_block::PutPublicAccessBlock;
pub use upload_part::UploadPart;
pub use upload_part_copy::UploadPartCopy;

use crate::operation::{Served, served};

/// The operations that are served, by name.
pub const OPERATIONS: &[Served] = &[
    served::<AbortMultipartUpload>(),
    served::<CompleteMultipartUpload>(),
    served::<CopyObject>(),
    served::<CreateBucket>(),
    served::<CreateMultipartUpload>(),
    served::<DeleteBucket>(),
    served::<DeleteBucketEncryption>(),
    served::<DeleteBucketLifecycle>(),
    served::<DeleteBucketOwnershipControls>(),
    served::<DeleteBucketPolicy>(),
    served::<DeleteBucketTagging>(),
    served::<DeleteObject>(),
    served::<DeleteObjectTagging>(),
    served::<DeleteObjects>(),
    served::<DeletePublicAccessBlock>(),
    served::<GetBucketAccelerateConfiguration>(),
    served::<GetBucketAcl>(),
    served::<GetBucketCors>(),
    served::<GetBucketEncryption>(),
    served::<GetBucketLifecycleConfiguration>(),
    served::<GetBucketLocation>(),
    served::<GetBucketLogging>(),
    served::<GetBucketNotificationConfiguration>(),
    served::<GetBucketOwnershipControls>(),
    served::<GetBucketPolicy>(),
    served::<GetBucketPolicyStatus>(),
    served::<GetBucketReplication>(),
    served::<GetBucketRequestPayment>(),
    served::<GetBucketTagging>(),
    served::<GetBucketVersioning>(),
    served::<GetBucketWebsite>(),
    served::<GetObject>(),
    served::<GetObjectAcl>(),
    served::<GetObjectAttributes>(),
    served::<GetObjectLockConfiguration>(),
    served::<GetObjectTagging>(),
    served::<GetPublicAccessBlock>(),
    served::<HeadBucket>(),
    served::<HeadObject>(),
    served::<ListBuckets>(),
    served::<ListMultipartUploads>(),
    served::<ListObjectVersions>(),
    served::<ListObjects>(),
    served::<ListObjectsV2>(),
    served::<ListParts>(),
    served::<PutBucketAcl>(),
    served::<PutBucketEncryption>(),
    served::<PutBucketLifecycleConfiguration>(),
    served::<PutBucketOwnershipControls>(),
    served::<PutBucketPolicy>(),
    served::<PutBucketTagging>(),
    served::<PutBucketVersioning>(),
    served::<PutObject>(),
    served::<PutObjectTagging>(),
    served::<PutPublicAccessBlock>(),
    served::<UploadPart>(),
    served::<UploadPartCopy>(),
];
