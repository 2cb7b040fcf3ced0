//! KMS through the gate.

mod crypto;

use serde_json::{Value as Json, json};

use crate::rig::Rig;

/// Makes a key with the default policy (or this one) and gives its ARN.
pub(crate) fn key(rig: &mut Rig, who: &str, policy: Option<&Json>) -> String {
    let input = match policy {
        Some(policy) => json!({ "Policy": policy.to_string() }),
        None => json!({}),
    };
    let made = rig.tell(who, "kms:CreateKey", input);
    made["KeyMetadata"]["Arn"].as_str().unwrap().to_owned()
}

/// A policy that allows these actions on everything.
pub(crate) fn allow(actions: &[&str]) -> Json {
    let statement = json!({ "Effect": "Allow", "Action": actions, "Resource": "*" });
    json!({ "Version": "2012-10-17", "Statement": [statement] })
}

/// A key policy with the default statement of `account` and this one.
pub(crate) fn key_policy(account: &str, statement: Json) -> Json {
    let own = json!({
        "Effect": "Allow",
        "Principal": { "AWS": format!("arn:aws:iam::{account}:root") },
        "Action": "kms:*",
        "Resource": "*"
    });
    json!({ "Version": "2012-10-17", "Statement": [own, statement] })
}
