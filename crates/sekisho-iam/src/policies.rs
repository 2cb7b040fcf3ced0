//! Everything that bears on one request, layer by layer, as documents.

use std::collections::BTreeMap;

use crate::arn::AccountId;
use crate::document::Document;

/// A policy with the name it is shown under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its name or ARN, for people.
    pub name: String,
    /// What it says. `None`: it could not be read, and therefore denies everything.
    pub document: Option<Document>,
}

/// All policies that bear on a request. What is `None` or empty is not there, as opposed to being
/// there and saying nothing: a caller without a boundary is not limited by one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policies {
    /// Attached to the caller or its groups, inline and managed; united.
    pub identity: Vec<Policy>,
    /// The caller's permissions boundary.
    pub boundary: Option<Policy>,
    /// Passed when the session was made (inline and managed, united). `Some` of an empty list is a
    /// session without permissions.
    pub session: Option<Vec<Policy>>,
    /// Service control policies of the caller's organization: one list a level, from the root
    /// through each OU to the account. Every level must allow.
    pub scps: Vec<Vec<Policy>>,
    /// Resource control policies of the resource's organization, likewise. `RCPFullAWSAccess` is
    /// always attached at every level and need not be listed.
    pub rcps: Vec<Vec<Policy>>,
    /// The policy of the VPC endpoint that the request came through.
    pub endpoint: Option<Policy>,
    /// The policy of the resource.
    pub resource: Option<Policy>,
    /// The grants of a KMS key.
    pub grants: Vec<Grant>,
    /// The bucket's `RestrictPublicBuckets` (S3 Block Public Access), its own or its account's.
    pub restrict_public_buckets: bool,
    /// The management account of the organization: neither SCPs nor RCPs bind it.
    pub management_account: Option<AccountId>,
}

/// A KMS grant. Source: KMS Developer Guide, "Grants in AWS KMS".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The id of the grant, for people.
    pub id: String,
    /// `GranteePrincipal`: the ARN of an account, user, role, role session or federated user, or an
    /// AWS service.
    pub grantee: String,
    /// `Operations`: `Decrypt`, `GenerateDataKey` …
    pub operations: Vec<String>,
    /// `Constraints`: on the encryption context.
    pub constraint: Option<GrantConstraint>,
    /// `Constraints`: `SourceArn`, a pattern that is compared when a service calls.
    pub source_arn: Option<String>,
    /// `RetiringPrincipal`: named like the grantee.
    pub retiring: Option<String>,
    /// The account in which the grant was issued. A grant that the caller's own account issued
    /// stands for the Allow of that account.
    pub issued_by: Option<AccountId>,
}

/// What the encryption context of a request must be for a grant to apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GrantConstraint {
    /// `EncryptionContextEquals`: exactly these pairs.
    Equals(BTreeMap<String, String>),
    /// `EncryptionContextSubset`: at least these pairs.
    Subset(BTreeMap<String, String>),
}
