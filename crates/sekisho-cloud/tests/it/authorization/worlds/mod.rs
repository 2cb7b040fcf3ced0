//! What there is to call about, service by service, and a request for every operation.

pub(super) mod cloudtrail;
pub(super) mod iam;
pub(super) mod kms;
pub(super) mod organizations;
pub(super) mod s3;
pub(super) mod secretsmanager;
pub(super) mod ssm;
pub(super) mod sts;

use serde_json::{Value as Json, json};

/// The account that owns what is called about, unless a setting says otherwise: a member of the
/// organization, so that its policies bind it.
const HOME: &str = "staging";
const ADMIN: &str = "staging/admin";
const NUMBER: &str = "222222222222";

fn policy(statement: &Json) -> String {
    json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()
}

/// A policy that reads.
fn reading() -> String {
    policy(&json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }))
}

fn text(value: &Json) -> String {
    value.as_str().unwrap().to_owned()
}

/// Members added to others.
fn with(mut members: Json, more: Json) -> Json {
    if let (Json::Object(members), Json::Object(more)) = (&mut members, more) {
        members.extend(more);
    }
    members
}
