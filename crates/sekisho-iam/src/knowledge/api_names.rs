//! API operations that no action is named after.
//!
//! People write the operation they call: `s3:ListObjectsV2`. IAM knows the permission behind it:
//! `s3:ListBucket`. Only operations whose name is no action of the service stand here.
//!
//! Sources: "Required permissions for Amazon S3 API operations", Amazon S3 User Guide,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>;
//! "ReEncrypt", AWS KMS API Reference; "Invoke" and "InvokeWithResponseStream", AWS Lambda API
//! Reference.

/// An operation, and the actions that a caller needs for it.
struct Operation {
    service: &'static str,
    name: &'static str,
    actions: &'static [&'static str],
}

const fn operation(
    service: &'static str,
    name: &'static str,
    actions: &'static [&'static str],
) -> Operation {
    Operation { service, name, actions }
}

const OPERATIONS: &[Operation] = &[
    operation("kms", "ReEncrypt", &["ReEncryptFrom", "ReEncryptTo"]),
    operation("lambda", "Invoke", &["InvokeFunction"]),
    operation("lambda", "InvokeWithResponseStream", &["InvokeFunction"]),
    operation("s3", "CompleteMultipartUpload", &["PutObject"]),
    operation("s3", "CopyObject", &["GetObject", "PutObject"]),
    operation("s3", "CreateMultipartUpload", &["PutObject"]),
    operation("s3", "DeleteBucketCors", &["PutBucketCORS"]),
    operation("s3", "DeleteBucketEncryption", &["PutEncryptionConfiguration"]),
    operation("s3", "DeleteBucketLifecycle", &["PutLifecycleConfiguration"]),
    operation("s3", "DeleteBucketReplication", &["PutReplicationConfiguration"]),
    operation("s3", "DeleteBucketTagging", &["PutBucketTagging"]),
    operation("s3", "DeleteObjects", &["DeleteObject"]),
    operation("s3", "DeletePublicAccessBlock", &["PutBucketPublicAccessBlock"]),
    operation("s3", "GetBucketEncryption", &["GetEncryptionConfiguration"]),
    operation("s3", "GetBucketLifecycleConfiguration", &["GetLifecycleConfiguration"]),
    operation("s3", "GetBucketNotificationConfiguration", &["GetBucketNotification"]),
    operation("s3", "GetBucketReplication", &["GetReplicationConfiguration"]),
    operation("s3", "GetObjectLockConfiguration", &["GetBucketObjectLockConfiguration"]),
    operation("s3", "GetPublicAccessBlock", &["GetBucketPublicAccessBlock"]),
    operation("s3", "HeadBucket", &["ListBucket"]),
    operation("s3", "HeadObject", &["GetObject"]),
    operation("s3", "ListBuckets", &["ListAllMyBuckets"]),
    operation("s3", "ListMultipartUploads", &["ListBucketMultipartUploads"]),
    operation("s3", "ListObjectVersions", &["ListBucketVersions"]),
    operation("s3", "ListObjects", &["ListBucket"]),
    operation("s3", "ListObjectsV2", &["ListBucket"]),
    operation("s3", "ListParts", &["ListMultipartUploadParts"]),
    operation("s3", "PutBucketEncryption", &["PutEncryptionConfiguration"]),
    operation("s3", "PutBucketLifecycleConfiguration", &["PutLifecycleConfiguration"]),
    operation("s3", "PutBucketNotificationConfiguration", &["PutBucketNotification"]),
    operation("s3", "PutBucketReplication", &["PutReplicationConfiguration"]),
    operation("s3", "PutObjectLockConfiguration", &["PutBucketObjectLockConfiguration"]),
    operation("s3", "PutPublicAccessBlock", &["PutBucketPublicAccessBlock"]),
    operation("s3", "UploadPart", &["PutObject"]),
    operation("s3", "UploadPartCopy", &["GetObject", "PutObject"]),
];

/// The actions behind an API operation that is no action itself.
pub(super) fn actions(service: &str, name: &str) -> &'static [&'static str] {
    let wanted = |known: &&Operation| {
        known.service.eq_ignore_ascii_case(service) && known.name.eq_ignore_ascii_case(name)
    };
    OPERATIONS.iter().find(wanted).map(|known| known.actions).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::OPERATIONS;
    use crate::knowledge::Knowledge;

    #[test]
    fn operations_are_no_actions_and_lead_to_actions() {
        for known in OPERATIONS {
            let service = Knowledge::get().service(known.service).unwrap();
            assert!(service.action(known.name).is_none(), "`{}` is an action", known.name);
            for action in known.actions {
                assert!(service.action(action).is_some(), "`{action}` is no action");
            }
        }
    }
}
