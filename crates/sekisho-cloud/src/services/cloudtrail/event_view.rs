//! An event as `LookupEvents` shows it, read off its record.
//!
//! `Username` and `Resources` stand in no record: AWS derives them. Source: CloudTrail User Guide,
//! "Viewing recent management events with the AWS CLI", and replies of AWS.

use sekisho_wire::Millis;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// An event.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct EventView {
    /// Its id.
    pub event_id: String,
    /// `CreateUser`.
    pub event_name: String,
    /// `true` or `false`, as text.
    pub read_only: String,
    /// With what it was signed.
    pub access_key_id: Option<String>,
    /// When.
    pub event_time: Millis,
    /// `iam.amazonaws.com`.
    pub event_source: String,
    /// The user, the session, or `root`.
    pub username: Option<String>,
    /// What it was about.
    pub resources: Vec<ResourceView>,
    /// The record.
    pub cloud_trail_event: String,
}

/// What an event was about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ResourceView {
    /// `AWS::IAM::User`.
    pub resource_type: String,
    /// Its name, or its ARN.
    pub resource_name: String,
}

/// What is read of a record.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Record {
    #[serde(rename = "eventID")]
    event_id: String,
    event_name: String,
    event_source: String,
    pub(super) aws_region: String,
    read_only: bool,
    user_identity: Identity,
    #[serde(default)]
    request_parameters: Json,
    #[serde(default)]
    response_elements: Json,
    #[serde(default)]
    resources: Vec<Listed>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    #[serde(rename = "type")]
    kind: Option<String>,
    arn: Option<String>,
    access_key_id: Option<String>,
    user_name: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(rename = "ARN")]
    arn: Option<String>,
}

/// The members of parameters that name something: source, member, type. A name that is in the reply
/// (a new access key) counts as one that was sent.
const NAMING: [(&str, &str, &str); 15] = [
    ("iam.amazonaws.com", "accessKeyId", "AWS::IAM::AccessKey"),
    ("iam.amazonaws.com", "groupName", "AWS::IAM::Group"),
    ("iam.amazonaws.com", "instanceProfileName", "AWS::IAM::InstanceProfile"),
    ("iam.amazonaws.com", "policyArn", "AWS::IAM::Policy"),
    ("iam.amazonaws.com", "policyName", "AWS::IAM::Policy"),
    ("iam.amazonaws.com", "roleName", "AWS::IAM::Role"),
    ("iam.amazonaws.com", "userName", "AWS::IAM::User"),
    ("kms.amazonaws.com", "aliasName", "AWS::KMS::Alias"),
    ("kms.amazonaws.com", "keyId", "AWS::KMS::Key"),
    ("s3.amazonaws.com", "bucketName", "AWS::S3::Bucket"),
    ("secretsmanager.amazonaws.com", "secretId", "AWS::SecretsManager::Secret"),
    ("ssm.amazonaws.com", "name", "AWS::SSM::Parameter"),
    ("sts.amazonaws.com", "accessKeyId", "AWS::IAM::AccessKey"),
    ("sts.amazonaws.com", "assumedRoleId", "AWS::STS::AssumedRole"),
    ("sts.amazonaws.com", "roleArn", "AWS::IAM::Role"),
];

impl Record {
    /// The event, with its resources.
    pub(super) fn view(self, time_ms: i64, text: &str) -> EventView {
        EventView {
            username: self.user_identity.name(),
            resources: self.named(),
            event_id: self.event_id,
            event_name: self.event_name,
            read_only: self.read_only.to_string(),
            access_key_id: self.user_identity.access_key_id,
            // The record has whole seconds, and so has the reply.
            event_time: Millis(time_ms - time_ms.rem_euclid(1000)),
            event_source: self.event_source,
            cloud_trail_event: text.to_owned(),
        }
    }

    /// What parameters, reply and `resources` name, each once. A bucket goes by its name: its ARN
    /// says nothing more.
    fn named(&self) -> Vec<ResourceView> {
        let mut found: Vec<ResourceView> = Vec::new();
        let mut add = |kind: &str, name: &str| {
            let view =
                ResourceView { resource_type: kind.to_owned(), resource_name: name.to_owned() };
            if !found.contains(&view) {
                found.push(view);
            }
        };
        for listed in &self.resources {
            if let (Some(kind), Some(arn)) = (&listed.kind, &listed.arn) {
                add(kind, arn.strip_prefix("arn:aws:s3:::").unwrap_or(arn));
            }
        }
        for (_, member, kind) in NAMING.iter().filter(|(of, ..)| *of == self.event_source) {
            for parameters in [&self.request_parameters, &self.response_elements] {
                if let Some(name) = find(parameters, member) {
                    add(kind, name);
                }
            }
        }
        found
    }
}

impl Identity {
    /// The user's name, the session's for a role, `root` for a root user without an alias.
    fn name(&self) -> Option<String> {
        match self.kind.as_deref() {
            Some("Root") => Some(self.user_name.clone().unwrap_or_else(|| "root".to_owned())),
            Some("AssumedRole" | "FederatedUser") => {
                self.arn.as_deref()?.rsplit('/').next().map(str::to_owned)
            }
            _ => self.user_name.clone(),
        }
    }
}

/// A text among parameters, or in one of the structures directly below (`user.userName`).
fn find<'a>(parameters: &'a Json, member: &str) -> Option<&'a str> {
    let here = parameters.get(member).and_then(Json::as_str);
    here.or_else(|| {
        let below = parameters.as_object()?.values();
        below.filter_map(|value| value.get(member)).find_map(Json::as_str)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn view(record: &Json) -> EventView {
        let text = record.to_string();
        serde_json::from_str::<Record>(&text).unwrap().view(1_999, &text)
    }

    #[test]
    fn names_are_found_in_parameters_and_reply() {
        let record = json!({
            "eventID": "e", "eventName": "CreateAccessKey", "eventSource": "iam.amazonaws.com",
            "awsRegion": "us-east-1", "readOnly": false,
            "userIdentity": { "type": "AssumedRole", "accessKeyId": "ASIA1",
                "arn": "arn:aws:sts::111111111111:assumed-role/build/run-7" },
            "requestParameters": null,
            "responseElements": { "accessKey": { "accessKeyId": "AKIA1", "userName": "alice" } },
        });
        let view = view(&record);
        assert_eq!(view.username.as_deref(), Some("run-7"));
        assert_eq!(view.event_time, Millis(1_000));
        let names: Vec<_> = view.resources.iter().map(|one| one.resource_name.as_str()).collect();
        assert_eq!(names, ["AKIA1", "alice"]);
    }

    #[test]
    fn a_bucket_goes_by_its_name() {
        let record = json!({
            "eventID": "e", "eventName": "CreateBucket", "eventSource": "s3.amazonaws.com",
            "awsRegion": "us-east-1", "readOnly": false, "userIdentity": { "type": "Root" },
            "requestParameters": { "bucketName": "logs" }, "responseElements": null,
            "resources": [{ "type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::logs" }],
        });
        let view = view(&record);
        assert_eq!(view.username.as_deref(), Some("root"));
        assert_eq!(view.resources.len(), 1);
        assert_eq!(view.resources[0].resource_name, "logs");
    }
}
