//! The engine without a shell: calls that are signed, authenticated, asked, done and recorded.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests say what they expect"
)]

mod authorization;
mod fault_codes;
mod iam;
mod iam_account;
mod iam_policies;
mod iam_profiles;
mod iam_roles;
mod iam_simulator;
mod iam_users;
mod kms;
mod organizations;
mod plain;
mod rig;
mod s3_buckets;
mod s3_copies;
mod s3_lifecycle;
mod s3_objects;
mod s3_policies;
mod secretsmanager;
mod ssm;
mod sts;
mod trail;
mod words;
