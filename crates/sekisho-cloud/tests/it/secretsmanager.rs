//! Secrets Manager through the gate.

use serde_json::{Value as Json, json};

use crate::kms::{key, key_policy};
use crate::rig::Rig;
use crate::ssm::assert_hidden;

const ADMIN: &str = "tools/admin";
const FIRST: &str = "correct horse battery staple";
const SECOND: &str = "a wholly other passphrase";
const DAY: i64 = 24 * 60 * 60;

/// A token of a request: 32 digits.
fn token(number: u32) -> String {
    format!("{number:032}")
}

fn call(rig: &mut Rig, operation: &str, input: Json) -> Json {
    rig.tell(ADMIN, &format!("secretsmanager:{operation}"), input)
}

fn refused(rig: &mut Rig, operation: &str, input: Json) -> String {
    rig.refused(ADMIN, &format!("secretsmanager:{operation}"), input)
}

/// Makes the secret `prod/db` with a value and gives its ARN.
fn secret(rig: &mut Rig, key_id: Option<&str>) -> String {
    let mut input = json!({
        "Name": "prod/db", "SecretString": FIRST, "ClientRequestToken": token(1),
    });
    if let Some(key_id) = key_id {
        input["KmsKeyId"] = json!(key_id);
    }
    call(rig, "CreateSecret", input)["ARN"].as_str().unwrap().to_owned()
}

fn value(number: u32, text: &str) -> Json {
    json!({ "SecretId": "prod/db", "SecretString": text, "ClientRequestToken": token(number) })
}

fn allow(action: &Json) -> Json {
    json!({
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Allow", "Action": action, "Resource": "*" }],
    })
}

#[test]
fn versions_bear_labels() {
    let mut rig = Rig::new();
    let arn = secret(&mut rig, None);
    assert!(arn.starts_with("arn:aws:secretsmanager:us-east-1:111111111111:secret:prod/db-"));
    let id = json!({ "SecretId": "prod/db" });
    let repeated = json!({
        "Name": "prod/db", "SecretString": FIRST, "ClientRequestToken": token(1)
    });
    assert_eq!(call(&mut rig, "CreateSecret", repeated)["VersionId"], token(1));
    let other = json!({ "Name": "prod/db", "ClientRequestToken": token(9) });
    let told = "ResourceExistsException: The operation failed because the secret prod/db already \
                exists.";
    assert_eq!(refused(&mut rig, "CreateSecret", other), told);
    let put = call(&mut rig, "PutSecretValue", value(2, SECOND));
    assert_eq!(put["VersionStages"], json!(["AWSCURRENT"]));
    assert_eq!(call(&mut rig, "PutSecretValue", value(2, SECOND)), put);
    let text = refused(&mut rig, "PutSecretValue", value(2, FIRST));
    let told = format!(
        "ResourceExistsException: You can't use ClientRequestToken {} because that value is already \
         in use for a version of secret {arn}.",
        token(2)
    );
    assert_eq!(text, told);
    rig.restart();
    let got = call(&mut rig, "GetSecretValue", id.clone());
    assert_eq!((&got["SecretString"], &got["VersionId"]), (&json!(SECOND), &json!(token(2))));
    let previous = json!({ "SecretId": arn, "VersionStage": "AWSPREVIOUS" });
    assert_eq!(call(&mut rig, "GetSecretValue", previous)["SecretString"], FIRST);
    let back = json!({
        "SecretId": "prod/db", "VersionStage": "AWSCURRENT",
        "RemoveFromVersionId": token(2), "MoveToVersionId": token(1),
    });
    call(&mut rig, "UpdateSecretVersionStage", back);
    let stages = call(&mut rig, "DescribeSecret", id.clone())["VersionIdsToStages"].clone();
    assert_eq!(stages, json!({ token(1): ["AWSCURRENT"], token(2): ["AWSPREVIOUS"] }));
    call(&mut rig, "PutSecretValue", value(3, "third value of it"));
    let listed = call(&mut rig, "ListSecretVersionIds", id.clone());
    assert_eq!(listed["Versions"].as_array().unwrap().len(), 2);
    let all = json!({ "SecretId": "prod/db", "IncludeDeprecated": true });
    let all = call(&mut rig, "ListSecretVersionIds", all);
    assert_eq!(all["Versions"][1]["KmsKeyIds"], json!(["DefaultEncryptionKey"]));
    assert_eq!(all["Versions"].as_array().unwrap().len(), 3);
    let text = refused(
        &mut rig,
        "GetSecretValue",
        json!({ "SecretId": "prod/db", "VersionStage": "NONE" }),
    );
    let told = "ResourceNotFoundException: Secrets Manager can't find the specified secret value for \
                staging label: NONE";
    assert_eq!(text, told);
    for text in [FIRST, SECOND, "third value of it"] {
        assert_hidden(&rig, text);
    }
    rig.verify();
}

#[test]
fn every_operation_is_denied_without_permission() {
    let mut rig = Rig::new();
    secret(&mut rig, None);
    rig.user("tools/alice", None);
    let id = json!({ "SecretId": "prod/db" });
    let with = |name: &str, value: Json| {
        let mut input = id.clone();
        input[name] = value;
        input
    };
    let by_name = [
        ("PutSecretValue", value(2, SECOND)),
        ("GetSecretValue", id.clone()),
        ("UpdateSecret", with("Description", json!("d"))),
        ("UpdateSecretVersionStage", with("VersionStage", json!("s"))),
        ("DescribeSecret", id.clone()),
        ("ListSecretVersionIds", id.clone()),
        ("DeleteSecret", id.clone()),
        ("RestoreSecret", id.clone()),
        ("PutResourcePolicy", with("ResourcePolicy", json!("{}"))),
        ("GetResourcePolicy", id.clone()),
        ("DeleteResourcePolicy", id.clone()),
        ("TagResource", with("Tags", json!([{ "Key": "a", "Value": "b" }]))),
        ("UntagResource", with("TagKeys", json!(["a"]))),
    ];
    let others = [
        ("CreateSecret", json!({ "Name": "x" }), " on resource: x"),
        ("BatchGetSecretValue", json!({ "SecretIdList": ["prod/db"] }), ""),
        ("ListSecrets", json!({}), ""),
        ("GetRandomPassword", json!({}), ""),
    ];
    let by_name =
        by_name.into_iter().map(|(operation, input)| (operation, input, " on resource: prod/db"));
    for (operation, input, on) in by_name.chain(others) {
        let told = format!(
            "AccessDeniedException: User: arn:aws:iam::111111111111:user/alice is not authorized to \
             perform: secretsmanager:{operation}{on} because no identity-based policy \
             allows the secretsmanager:{operation} action"
        );
        let text = rig.refused("tools/alice", &format!("secretsmanager:{operation}"), input);
        assert_eq!(text, told);
    }
    let none = json!({ "SecretId": "none" });
    let text = rig.refused("tools/alice", "secretsmanager:GetSecretValue", none.clone());
    assert!(text.contains("on resource: none because"), "{text}");
    let told = "ResourceNotFoundException: Secrets Manager can't find the specified secret.";
    assert_eq!(refused(&mut rig, "GetSecretValue", none), told);
    rig.verify();
}

#[test]
fn another_account_needs_policy_and_key() {
    let mut rig = Rig::new();
    let share = json!({
        "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::222222222222:root" },
        "Action": "kms:Decrypt", "Resource": "*",
        "Condition": { "StringEquals": { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" } },
    });
    let key_arn = key(&mut rig, ADMIN, Some(&key_policy("111111111111", &share)));
    let arn = secret(&mut rig, None);
    rig.user("staging/bob", Some(&allow(&json!(["secretsmanager:*", "kms:Decrypt"]))));
    let read = json!({ "SecretId": arn });
    let text = rig.refused("staging/bob", "secretsmanager:GetSecretValue", read.clone());
    assert!(
        text.ends_with("no resource-based policy allows the secretsmanager:GetSecretValue action")
    );
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::222222222222:user/bob" },
            "Action": "secretsmanager:GetSecretValue", "Resource": "*",
        }],
    });
    let put = json!({ "SecretId": "prod/db", "ResourcePolicy": policy.to_string() });
    call(&mut rig, "PutResourcePolicy", put);
    let text = rig.refused("staging/bob", "secretsmanager:GetSecretValue", read.clone());
    assert_eq!(text, "AccessDeniedException: Access to KMS is not allowed");
    call(&mut rig, "UpdateSecret", json!({ "SecretId": "prod/db", "KmsKeyId": key_arn }));
    rig.restart();
    let got = rig.tell("staging/bob", "secretsmanager:GetSecretValue", read.clone());
    assert_eq!(got["SecretString"], FIRST);
    let calls = rig.last_record()["calls"].clone();
    assert_eq!(calls[0]["operation"], "kms:Decrypt");
    assert_eq!(calls[0]["via"], json!(["secretsmanager.amazonaws.com"]));
    let shown = call(&mut rig, "GetResourcePolicy", json!({ "SecretId": "prod/db" }));
    assert_eq!(shown["ResourcePolicy"], policy.to_string());
    call(&mut rig, "DeleteResourcePolicy", json!({ "SecretId": "prod/db" }));
    let text = rig.refused("staging/bob", "secretsmanager:GetSecretValue", read);
    assert!(text.starts_with("AccessDeniedException: User: "), "{text}");
    assert_hidden(&rig, FIRST);
    rig.verify();
}

#[test]
fn resource_policies_are_checked() {
    let mut rig = Rig::new();
    secret(&mut rig, None);
    let put = |principal: Json| {
        let policy = json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Effect": "Allow", "Principal": principal, "Action": "secretsmanager:GetSecretValue",
                "Resource": "*",
            }],
        });
        json!({
            "SecretId": "prod/db", "ResourcePolicy": policy.to_string(), "BlockPublicPolicy": true
        })
    };
    let text = refused(&mut rig, "PutResourcePolicy", put(json!("*")));
    // Source: Secrets Manager User Guide, "Attach a permissions policy to a secret", as it was.
    assert_eq!(
        text,
        "PublicPolicyException: You can't attach a resource-based policy that allows broad access to \
         the secret."
    );
    let nobody = json!({ "AWS": "arn:aws:iam::111111111111:user/nobody" });
    let text = refused(&mut rig, "PutResourcePolicy", put(nobody));
    assert!(text.starts_with("MalformedPolicyDocumentException: "), "{text}");
    let text = refused(
        &mut rig,
        "PutResourcePolicy",
        json!({ "SecretId": "prod/db", "ResourcePolicy": "{" }),
    );
    assert!(text.starts_with("MalformedPolicyDocumentException: "), "{text}");
    rig.verify();
}

#[test]
fn the_key_decides_too() {
    let mut rig = Rig::new();
    let key_arn = key(&mut rig, ADMIN, None);
    let arn = secret(&mut rig, Some(&key_arn));
    rig.user("tools/alice", Some(&allow(&json!("secretsmanager:*"))));
    let read = json!({ "SecretId": arn });
    let text = rig.refused("tools/alice", "secretsmanager:GetSecretValue", read.clone());
    assert_eq!(text, "AccessDeniedException: Access to KMS is not allowed");
    let text = rig.refused("tools/alice", "secretsmanager:PutSecretValue", value(2, SECOND));
    assert_eq!(text, "AccessDeniedException: Access to KMS is not allowed");
    let new = json!({ "Name": "x", "KmsKeyId": key_arn, "ClientRequestToken": token(5) });
    let text = rig.refused("tools/alice", "secretsmanager:CreateSecret", new);
    assert_eq!(text, "AccessDeniedException: Access to KMS is not allowed");
    let batch = json!({ "SecretIdList": ["prod/db", "none"] });
    let told = rig.tell("tools/alice", "secretsmanager:BatchGetSecretValue", batch.clone());
    assert_eq!(told["SecretValues"], json!([]));
    assert_eq!(told["Errors"][0]["ErrorCode"], "AccessDeniedException");
    assert_eq!(told["Errors"][1]["ErrorCode"], "ResourceNotFoundException");
    let told = call(&mut rig, "BatchGetSecretValue", batch);
    assert_eq!(told["SecretValues"][0]["SecretString"], FIRST);
    rig.tell(ADMIN, "kms:DisableKey", json!({ "KeyId": key_arn }));
    let text = refused(&mut rig, "GetSecretValue", read);
    assert_eq!(text, format!("DecryptionFailure: {key_arn} is disabled."));
    assert_hidden(&rig, FIRST);
    rig.verify();
}

#[test]
fn a_deleted_secret_can_be_restored_until_its_time_is_over() {
    let mut rig = Rig::new();
    let arn = secret(&mut rig, None);
    let id = json!({ "SecretId": "prod/db" });
    let short = json!({ "SecretId": "prod/db", "RecoveryWindowInDays": 6 });
    let text = refused(&mut rig, "DeleteSecret", short);
    assert!(text.ends_with("must be between 7 and 30 days (inclusive)."), "{text}");
    let week = json!({ "SecretId": "prod/db", "RecoveryWindowInDays": 7 });
    call(&mut rig, "DeleteSecret", week.clone());
    let marked = "InvalidRequestException: You can't perform this operation on the secret because it \
                  was marked for deletion.";
    assert_eq!(refused(&mut rig, "GetSecretValue", id.clone()), marked);
    assert_eq!(call(&mut rig, "ListSecrets", json!({}))["SecretList"], json!([]));
    call(&mut rig, "RestoreSecret", id.clone());
    assert_eq!(call(&mut rig, "GetSecretValue", id.clone())["SecretString"], FIRST);
    call(&mut rig, "DeleteSecret", week);
    rig.restart();
    rig.pass(7 * DAY);
    let gone = "ResourceNotFoundException: Secrets Manager can't find the specified secret.";
    assert_eq!(refused(&mut rig, "RestoreSecret", id.clone()), gone);
    let again = secret(&mut rig, None);
    assert_ne!(again, arn);
    let force = json!({ "SecretId": "prod/db", "ForceDeleteWithoutRecovery": true });
    call(&mut rig, "DeleteSecret", force.clone());
    call(&mut rig, "DeleteSecret", force);
    let stored = rig.memory.0.lock().unwrap();
    assert!(!stored.rows.keys().any(|(table, _)| table.starts_with("secretsmanager.")));
    drop(stored);
    rig.verify();
}

#[test]
fn tags_and_filters_find_secrets() {
    let mut rig = Rig::new();
    secret(&mut rig, None);
    let tags = json!([{ "Key": "team", "Value": "red" }]);
    call(&mut rig, "TagResource", json!({ "SecretId": "prod/db", "Tags": tags }));
    let blank =
        json!({ "Name": "dev/db", "ClientRequestToken": token(4), "Description": "of dev" });
    call(&mut rig, "CreateSecret", blank);
    let names = |rig: &mut Rig, input: Json| {
        let listed = call(rig, "ListSecrets", input)["SecretList"].clone();
        let all = listed.as_array().unwrap().iter();
        all.map(|one| one["Name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let by = |key: &str, value: &str| json!({ "Filters": [{ "Key": key, "Values": [value] }] });
    assert_eq!(names(&mut rig, by("tag-value", "red")), ["prod/db"]);
    assert_eq!(names(&mut rig, by("name", "!prod")), ["dev/db"]);
    assert_eq!(names(&mut rig, by("all", "OF")), ["dev/db"]);
    let page = call(&mut rig, "ListSecrets", json!({ "MaxResults": 1 }));
    let rest = json!({ "NextToken": page["NextToken"] });
    assert_eq!(names(&mut rig, rest), ["prod/db"]);
    let mut policy = allow(&json!("secretsmanager:DescribeSecret"));
    policy["Statement"][0]["Condition"] =
        json!({ "StringEquals": { "secretsmanager:ResourceTag/team": "red" } });
    rig.user("tools/alice", Some(&policy));
    let id = json!({ "SecretId": "prod/db" });
    rig.tell("tools/alice", "secretsmanager:DescribeSecret", id.clone());
    call(&mut rig, "UntagResource", json!({ "SecretId": "prod/db", "TagKeys": ["team"] }));
    let text = rig.refused("tools/alice", "secretsmanager:DescribeSecret", id.clone());
    assert!(text.starts_with("AccessDeniedException: "), "{text}");
    assert_eq!(call(&mut rig, "DescribeSecret", id)["Tags"], json!([]));
    rig.verify();
}

#[test]
fn passwords_have_some_of_each_kind() {
    let mut rig = Rig::new();
    let made = |rig: &mut Rig, input: Json| {
        let made = call(rig, "GetRandomPassword", input)["RandomPassword"].clone();
        made.as_str().unwrap().to_owned()
    };
    for _ in 0..20 {
        let password = made(&mut rig, json!({ "PasswordLength": 4 }));
        let has = |kind: fn(&char) -> bool| password.chars().any(|char| kind(&char));
        assert!(has(char::is_ascii_lowercase) && has(char::is_ascii_uppercase), "{password}");
        assert!(has(char::is_ascii_digit) && has(char::is_ascii_punctuation), "{password}");
    }
    assert_eq!(made(&mut rig, json!({})).len(), 32);
    let plain = json!({ "ExcludePunctuation": true, "ExcludeCharacters": "abc" });
    let password = made(&mut rig, plain);
    assert!(password.chars().all(|char| char.is_ascii_alphanumeric() && !"abc".contains(char)));
    let text = refused(&mut rig, "GetRandomPassword", json!({ "PasswordLength": 3 }));
    assert!(text.starts_with("InvalidParameterException: "), "{text}");
    rig.verify();
}
