//! Secrets Manager: secrets whose policies name the neighbour and the guest.

use serde_json::{Value as Json, json};

use super::{ADMIN, HOME, kms, text, with};
use crate::authorization::callers::named;
use crate::authorization::case::{Case, Setting};
use crate::rig::Rig;

pub(in crate::authorization) const SETTINGS: &[Setting] =
    &[Setting { home: HOME, organized: true, furnish }];

fn policy() -> String {
    super::policy(&json!({
        "Effect": "Allow", "Principal": named(HOME), "Action": "secretsmanager:*", "Resource": "*"
    }))
}

/// Makes a secret with two versions and gives its ARN.
fn secret(rig: &mut Rig, name: &str, more: Json) -> String {
    let new = json!({ "Name": name, "SecretString": "one", "ClientRequestToken": token(1) });
    let new = with(new, more);
    let arn = text(&rig.tell(ADMIN, "secretsmanager:CreateSecret", new)["ARN"]);
    let next = json!({ "SecretId": arn, "SecretString": "two", "ClientRequestToken": token(2) });
    rig.tell(ADMIN, "secretsmanager:PutSecretValue", next);
    let policy = json!({ "SecretId": arn, "ResourcePolicy": policy() });
    rig.tell(ADMIN, "secretsmanager:PutResourcePolicy", policy);
    arn
}

fn token(number: u32) -> String {
    format!("{number:032}")
}

fn furnish(rig: &mut Rig) -> Vec<Case> {
    let key = kms::key(rig);
    let plain = secret(rig, "plain", json!({ "Tags": [{ "Key": "t", "Value": "1" }] }));
    let sealed = secret(rig, "sealed", json!({ "KmsKeyId": key }));
    let going = secret(rig, "going", json!({}));
    rig.tell(ADMIN, "secretsmanager:DeleteSecret", json!({ "SecretId": going }));
    let of =
        |operation, arn: &str, more| Case::of(operation, with(json!({ "SecretId": arn }), more));
    let value = || json!({ "SecretString": "three", "ClientRequestToken": token(3) });
    let own_key = "under a key of its own";
    let key_is_asked =
        "the key is asked too: kms:Decrypt, or kms:GenerateDataKey, as the same caller";
    let aws_key = "the key aws/secretsmanager serves its own account only";
    let back = json!({
        "VersionStage": "AWSCURRENT", "RemoveFromVersionId": token(2), "MoveToVersionId": token(1)
    });
    let new = json!({
        "Name": "new", "SecretString": "one", "ClientRequestToken": token(3)
    });
    let tagged = json!({ "Name": "new", "ClientRequestToken": token(3), "Tags": [{ "Key": "t", "Value": "2" }] });
    vec![
        Case::of("secretsmanager:BatchGetSecretValue", json!({ "SecretIdList": [plain] })),
        Case::of("secretsmanager:BatchGetSecretValue", filter("plain")).variant("by filter"),
        Case::of("secretsmanager:CreateSecret", new),
        Case::of("secretsmanager:CreateSecret", tagged).variant("with tags"),
        Case::of("secretsmanager:GetRandomPassword", json!({})),
        Case::of("secretsmanager:ListSecrets", json!({})),
        of("secretsmanager:DeleteResourcePolicy", &plain, json!({})),
        of("secretsmanager:DeleteSecret", &plain, json!({})),
        of("secretsmanager:DescribeSecret", &plain, json!({})),
        of("secretsmanager:GetResourcePolicy", &plain, json!({})),
        of("secretsmanager:GetSecretValue", &plain, json!({})).note(aws_key),
        of("secretsmanager:GetSecretValue", &sealed, json!({})).variant(own_key).note(key_is_asked),
        of("secretsmanager:ListSecretVersionIds", &plain, json!({})),
        of("secretsmanager:PutResourcePolicy", &plain, json!({ "ResourcePolicy": policy() })),
        of("secretsmanager:PutSecretValue", &plain, value()).note(aws_key),
        of("secretsmanager:PutSecretValue", &sealed, value()).variant(own_key).note(key_is_asked),
        of("secretsmanager:RestoreSecret", &going, json!({})),
        of("secretsmanager:TagResource", &plain, json!({ "Tags": [{ "Key": "t", "Value": "2" }] })),
        of("secretsmanager:UntagResource", &plain, json!({ "TagKeys": ["t"] })),
        of("secretsmanager:UpdateSecret", &plain, json!({ "Description": "x" })),
        of("secretsmanager:UpdateSecretVersionStage", &plain, back),
    ]
}

fn filter(name: &str) -> Json {
    json!({ "Filters": [{ "Key": "name", "Values": [name] }] })
}
