//! The text of a bucket policy as S3 keeps it: written anew, in its own order, without white space.
//!
//! Sources: aws/aws-cli#849 (a policy and what `GetBucketPolicy` made of it: order, version, no white
//! space), hashicorp/terraform#4278 and ansible/ansible#42532 (lists of one are written without brackets),
//! localstack's recordings of AWS (no `Sid` where none was given, 2026).

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A policy, its elements in the order in which S3 writes them.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Policy {
    #[serde(default = "first_version")]
    version: Json,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Json>,
    statement: Statements,
}

/// One statement needs no brackets; S3 sets them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Statements {
    Many(Vec<Statement>),
    One(Box<Statement>),
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effect: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "unlisted")]
    principal: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "unlisted")]
    not_principal: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "unlisted")]
    action: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "unlisted")]
    not_action: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "unlisted")]
    resource: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "unlisted")]
    not_resource: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "unlisted")]
    condition: Option<Json>,
}

/// A policy that was read already, as S3 writes it; as it stands, were it none.
pub(super) fn written(text: &str) -> String {
    let policy = serde_json::from_str::<Policy>(text).ok();
    let written = policy.and_then(|policy| serde_json::to_string(&policy).ok());
    written.unwrap_or_else(|| text.to_owned())
}

fn first_version() -> Json {
    Json::from("2008-10-17")
}

impl Serialize for Statements {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Many(all) => serializer.collect_seq(all),
            Self::One(one) => serializer.collect_seq([one]),
        }
    }
}

#[expect(clippy::ref_option, reason = "serde hands the field over as it is")]
fn unlisted<S: serde::Serializer>(
    element: &Option<Json>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    element.clone().map(without_brackets).serialize(serializer)
}

/// The same with every list of one replaced by what it lists. The depth is that of a policy: its reader
/// bounds it.
fn without_brackets(value: Json) -> Json {
    match value {
        Json::Array(mut list) if list.len() == 1 => list.pop().unwrap_or_default(),
        Json::Object(entries) => {
            entries.into_iter().map(|(key, value)| (key, without_brackets(value))).collect()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_written_as_s3_writes_it() {
        let text = r#"{
            "Statement": {
                "Action": ["s3:GetObject"], "Effect": "Allow", "Resource": ["a", "b"],
                "Principal": {"AWS": ["*"]},
                "Condition": {"StringEquals": {"aws:username": ["a"]}}
            },
            "Id": "i"
        }"#;
        let expected = r#"{"Version":"2008-10-17","Id":"i","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject","Resource":["a","b"],"Condition":{"StringEquals":{"aws:username":"a"}}}]}"#;
        assert_eq!(written(text), expected);
        assert_eq!(written(expected), expected);
        assert_eq!(written("{"), "{");
    }
}
