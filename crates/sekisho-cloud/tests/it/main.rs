//! The engine without a shell: calls that are signed, authenticated, asked, done and recorded.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests say what they expect"
)]

mod iam;
mod iam_policies;
mod iam_profiles;
mod iam_roles;
mod iam_users;
mod kms;
mod rig;
mod secretsmanager;
mod ssm;
mod sts;
