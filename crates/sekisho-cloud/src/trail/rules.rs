//! What AWS does differently from what its models say, as data.

use sekisho_iam::Caller;

use crate::fault::NOT_SERVED;
use crate::gate::Entry;

/// How a member stands in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// It is left out, though the model does not call it a secret.
    Dropped,
    /// It is there, and its value is replaced by this.
    Masked(&'static str),
    /// It is called so.
    Named(&'static str),
}

/// By service and member, in order. What the models call `sensitive`, and every blob, is left out
/// without a rule. Sources: KMS Developer Guide, "Logging AWS KMS API calls with AWS CloudTrail"
/// (`AWSAccountId` keeps its capitals) and "Grants" (tokens are never recorded); Secrets Manager User
/// Guide, "AWS CloudTrail entries" (`arn` since 2024); Organizations and Systems Manager as recorded.
/// Session tokens AWS does record; ours holds the sealed session, and a trail is read by many.
const MEMBERS: &[(&str, &str, Rule)] = &[
    ("kms", "AWSAccountId", Rule::Named("AWSAccountId")),
    ("kms", "GrantToken", Rule::Dropped),
    ("kms", "GrantTokens", Rule::Dropped),
    ("organizations", "AccountName", Rule::Masked("****")),
    ("organizations", "Email", Rule::Masked("****")),
    ("secretsmanager", "ARN", Rule::Named("arn")),
    ("ssm", "Value", Rule::Masked("HIDDEN_DUE_TO_SECURITY_REASONS")),
    ("sts", "SessionToken", Rule::Dropped),
    ("sts", "TokenCode", Rule::Dropped),
];

/// The rule of a member, if it has one.
pub(super) fn rule(service: &str, member: &str) -> Option<Rule> {
    let place =
        MEMBERS.binary_search_by(|(known, name, _)| (*known, *name).cmp(&(service, member)));
    MEMBERS.get(place.ok()?).map(|(_, _, rule)| *rule)
}

/// What AWS writes into the parameters of a call that did not send it: member, value. As recorded
/// of KMS; `customerMasterKeySpec`, which repeats `keySpec`, is not written.
const DEFAULTS: &[(&str, &[(&str, Default)])] = &[
    (
        "CreateKey",
        &[
            ("Description", Default::Text("")),
            ("Origin", Default::Text("AWS_KMS")),
            ("BypassPolicyLockoutSafetyCheck", Default::No),
            ("KeySpec", Default::Text("SYMMETRIC_DEFAULT")),
            ("KeyUsage", Default::Text("ENCRYPT_DECRYPT")),
        ],
    ),
    ("Decrypt", &[("EncryptionAlgorithm", Default::Text("SYMMETRIC_DEFAULT"))]),
    ("Encrypt", &[("EncryptionAlgorithm", Default::Text("SYMMETRIC_DEFAULT"))]),
    (
        "ReEncrypt",
        &[
            ("SourceEncryptionAlgorithm", Default::Text("SYMMETRIC_DEFAULT")),
            ("DestinationEncryptionAlgorithm", Default::Text("SYMMETRIC_DEFAULT")),
        ],
    ),
];

/// A value that AWS fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub(super) enum Default {
    /// A text.
    Text(&'static str),
    /// `false`.
    #[serde(serialize_with = "no")]
    No,
}

fn no<S: serde::Serializer>(to: S) -> Result<S::Ok, S::Error> {
    to.serialize_bool(false)
}

/// What AWS fills in for an operation of a service.
pub(super) fn defaults(service: &str, operation: &str) -> &'static [(&'static str, Default)] {
    let of_kms = DEFAULTS.iter().filter(|_| service == "kms");
    let mut found = of_kms.filter(|(name, _)| *name == operation);
    found.next().map_or(&[], |(_, defaults)| *defaults)
}

/// The operations that KMS records with the ARN of the key as their reply, which the API does not
/// give. Source: KMS Developer Guide, "Logging AWS KMS API calls with AWS CloudTrail".
pub(super) const REPLIES_WITH_KEY: [&str; 11] = [
    "kms:CreateAlias",
    "kms:CreateGrant",
    "kms:DeleteAlias",
    "kms:DisableKey",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:ImportKeyMaterial",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdatePrimaryRegion",
];

/// Operations that are recorded under another name, of S3 all. Source: S3 User Guide, "Amazon S3
/// CloudTrail events".
const EVENT_NAMES: [(&str, &str); 9] = [
    ("s3:DeletePublicAccessBlock", "DeleteBucketPublicAccessBlock"),
    ("s3:GetBucketLifecycleConfiguration", "GetBucketLifecycle"),
    ("s3:GetBucketNotificationConfiguration", "GetBucketNotification"),
    ("s3:GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
    ("s3:ListObjectsV2", "ListObjects"),
    ("s3:PutBucketLifecycleConfiguration", "PutBucketLifecycle"),
    ("s3:PutBucketNotificationConfiguration", "PutBucketNotification"),
    ("s3:PutObjectLockConfiguration", "PutBucketObjectLockConfiguration"),
    ("s3:PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
];

/// What a call of an operation is recorded as.
pub(super) fn event_name<'a>(name: &str, operation: &'a str) -> &'a str {
    EVENT_NAMES.iter().find(|(known, _)| *known == name).map_or(operation, |(_, event)| *event)
}

/// The failures of calls that never got a caller or a meaning: AWS records what is *authenticated*,
/// and what this engine does not serve AWS has no record of. Sources: IAM User Guide, "Logging IAM and
/// AWS STS API calls with AWS CloudTrail"; S3 User Guide, "Logging Amazon S3 API calls".
const UNRECORDED: [&str; 13] = [
    "ExpiredTokenException",
    "IncompleteSignature",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    NOT_SERVED,
    "RequestTimeTooSkewed",
    "SerializationException",
    "SignatureDoesNotMatch",
    "UnknownOperationException",
    "UnrecognizedClientException",
];

/// The operations that take callers without AWS credentials, and are recorded.
const OPEN: [&str; 2] = ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];

/// Whether AWS records a call. Of nobody it records what was done to buckets.
pub(super) fn is_recorded(entry: &Entry) -> bool {
    let known = match &entry.frame.principal.caller {
        Caller::Anonymous => entry.name.starts_with("s3:") || OPEN.contains(&entry.name.as_str()),
        _ => true,
    };
    known && entry.fault.as_ref().is_none_or(|fault| !UNRECORDED.contains(&fault.code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order_and_name_what_is_there() {
        assert!(MEMBERS.is_sorted_by_key(|(service, member, _)| (*service, *member)));
        for (service, member, _) in MEMBERS {
            let service = sekisho_wire::model::service(service).unwrap();
            let has = |shape: &sekisho_wire::model::Shape| match &shape.kind {
                sekisho_wire::model::Kind::Structure(shape) => shape.member(member).is_some(),
                _ => false,
            };
            assert!(service.shapes.iter().any(has), "{member}");
        }
        let names = REPLIES_WITH_KEY.iter().chain(&OPEN);
        for name in names.copied().chain(EVENT_NAMES.iter().map(|(name, _)| *name)) {
            let (service, operation) = name.split_once(':').unwrap();
            assert!(sekisho_wire::model::service(service).unwrap().operation(operation).is_some());
        }
    }
}
