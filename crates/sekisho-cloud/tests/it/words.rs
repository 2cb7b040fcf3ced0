//! What AWS says, word for word, where somebody published its answer: each test names where.

use serde_json::{Value as Json, json};

use crate::kms::key;
use crate::rig::Rig;

const ADMIN: &str = "tools/admin";

/// What the administrator is told.
#[track_caller]
fn says(rig: &mut Rig, operation: &str, input: Json, told: &str) {
    assert_eq!(rig.refused(ADMIN, operation, input), told);
}

/// Source: hashicorp/terraform-provider-aws#39406, smithy-lang/smithy-typescript#1546 (2024, 2025).
#[test]
fn a_secret_has_a_name_of_certain_letters() {
    let mut rig = Rig::new();
    let told = "ValidationException: Invalid name. Must be a valid name containing alphanumeric \
                characters, or any of the following: -/_+=.@!";
    says(&mut rig, "secretsmanager:CreateSecret", json!({ "Name": "a b" }), told);
    says(&mut rig, "secretsmanager:GetSecretValue", json!({ "SecretId": "a$b" }), told);
    rig.verify();
}

/// Source: aws-amplify/amplify-backend#2352, aws/aws-sdk-php#1952 (letters); a note on AWS's answer in
/// localstack's tests (an empty part, looked for); reports of CDK (nesting); API Reference, "PutParameter"
/// (levels).
#[test]
fn parameters_have_names_and_values_of_a_form() {
    let mut rig = Rig::new();
    let put = |name: &str, value: &str| json!({ "Name": name, "Value": value, "Type": "String" });
    let letters = "ValidationException: Parameter name: can't be prefixed with \"ssm\" \
                   (case-insensitive). If formed as a path, it can consist of sub-paths divided by \
                   slash symbol; each sub-path can be formed as a mix of letters, numbers and the \
                   following 3 symbols .-_";
    says(&mut rig, "ssm:PutParameter", put("/mail/support@example.com", "v"), letters);
    let nested = "ValidationException: Parameter value can't nest another parameter. Do not use \
                  \"{{}}\" in the value.";
    says(&mut rig, "ssm:PutParameter", put("/a", "x {{ssm:/b}}"), nested);
    rig.tell(ADMIN, "ssm:PutParameter", put("/a", "{{ alone"));
    for name in ["/a//b", "/a b", "/a/"] {
        says(&mut rig, "ssm:GetParameter", json!({ "Name": name }), letters);
    }
    let levels =
        "HierarchyLevelLimitExceededException: A hierarchy can have a maximum of 15 levels.";
    says(&mut rig, "ssm:PutParameter", put(&"/x".repeat(16), "v"), levels);
    rig.verify();
}

/// Source: AWS's answers recorded in localstack's snapshots of Secrets Manager (2022),
/// `test_update_secret_version_stages_current_pending`.
#[test]
fn a_new_value_ends_a_rotation() {
    let mut rig = Rig::new();
    let token = |number: u32| format!("{number:032}");
    let value = |number: u32| json!({ "SecretId": "s", "SecretString": "v", "ClientRequestToken": token(number) });
    let first = json!({ "Name": "s", "SecretString": "v", "ClientRequestToken": token(1) });
    rig.tell(ADMIN, "secretsmanager:CreateSecret", first);
    let mut pending = value(2);
    pending["VersionStages"] = json!(["AWSPENDING"]);
    rig.tell(ADMIN, "secretsmanager:PutSecretValue", pending);
    let finish = json!({
        "SecretId": "s", "VersionStage": "AWSCURRENT", "MoveToVersionId": token(2),
        "RemoveFromVersionId": token(1),
    });
    rig.tell(ADMIN, "secretsmanager:UpdateSecretVersionStage", finish);
    rig.tell(ADMIN, "secretsmanager:PutSecretValue", value(3));
    let told = rig.tell(ADMIN, "secretsmanager:DescribeSecret", json!({ "SecretId": "s" }));
    let stages = json!({ token(2): ["AWSPREVIOUS"], token(3): ["AWSCURRENT"] });
    assert_eq!(told["VersionIdsToStages"], stages);
    rig.verify();
}

/// Source: Skyscanner/kms-issuer#8 (2020).
#[test]
fn a_key_waits_for_seven_to_thirty_days() {
    let mut rig = Rig::new();
    let key = key(&mut rig, ADMIN, None);
    let told = "ValidationException: PendingWindowInDays must be between 7 and 30";
    for days in [1, 6, 31] {
        let input = json!({ "KeyId": key, "PendingWindowInDays": days });
        says(&mut rig, "kms:ScheduleKeyDeletion", input, told);
    }
    rig.verify();
}

/// Sources: aws-ia/terraform-aws-control_tower_account_factory#569 (2025, `CreateKey`); logs of Terraform
/// in public repositories (2025, `kms:TagResource` of a key to be made, `iam:TagPolicy`).
#[test]
fn a_denial_calls_what_is_not_there_yet_in_several_ways() {
    let mut rig = Rig::new();
    let denial = |action: &str, on: &str| {
        format!(
            "User: arn:aws:iam::111111111111:user/alice is not authorized to perform: \
             {action}{on} because no identity-based policy allows the {action} action"
        )
    };
    let allow = |action: &str| {
        let statement = json!({ "Effect": "Allow", "Action": action, "Resource": "*" });
        json!({ "Version": "2012-10-17", "Statement": [statement] })
    };
    let tag = json!([{ "Key": "a", "Value": "b" }]);
    rig.user("tools/alice", Some(&allow("kms:CreateKey")));
    let tagged = json!({ "Tags": [{ "TagKey": "a", "TagValue": "b" }] });
    let told = rig.refused("tools/alice", "kms:CreateKey", tagged);
    assert_eq!(told, format!("AccessDeniedException: {}", denial("kms:TagResource", "")));
    let told = rig.refused("tools/alice", "kms:ListKeys", json!({}));
    let all = denial("kms:ListKeys", " on resource: *");
    assert_eq!(told, format!("AccessDeniedException: {all}"));
    let put = |action: &str| {
        json!({
            "UserName": "alice", "PolicyName": "p", "PolicyDocument": allow(action).to_string(),
        })
    };
    rig.tell(ADMIN, "iam:PutUserPolicy", put("iam:CreatePolicy"));
    let policy = allow("s3:GetObject").to_string();
    let policy = json!({ "PolicyName": "read", "PolicyDocument": policy, "Tags": tag });
    let told = rig.refused("tools/alice", "iam:CreatePolicy", policy);
    let named = denial("iam:TagPolicy", " on resource: policy read");
    assert_eq!(told, format!("AccessDenied: {named}"));
    rig.tell(ADMIN, "iam:PutUserPolicy", put("iam:CreateInstanceProfile"));
    let profile = json!({ "InstanceProfileName": "web", "Tags": tag });
    let told = rig.refused("tools/alice", "iam:CreateInstanceProfile", profile);
    let arn = " on resource: arn:aws:iam::111111111111:instance-profile/web";
    assert_eq!(told, format!("AccessDenied: {}", denial("iam:TagInstanceProfile", arn)));
    rig.verify();
}

/// Sources: hashicorp/terraform-provider-aws, a note at its resource for grants (two constraints); logs of
/// tools in public repositories (a grantee that is not there).
#[test]
fn grants_are_for_somebody_and_of_one_constraint() {
    let mut rig = Rig::new();
    let key = key(&mut rig, ADMIN, None);
    let grant = |grantee: &str, constraints: Json| {
        let grantee = format!("arn:aws:iam::111111111111:{grantee}");
        json!({
            "KeyId": key, "GranteePrincipal": grantee, "Operations": ["Decrypt"],
            "Constraints": constraints,
        })
    };
    let pairs = json!({ "a": "b" });
    let both = json!({ "EncryptionContextEquals": pairs, "EncryptionContextSubset": pairs });
    let told = "ValidationException: More than one constraint supplied";
    says(&mut rig, "kms:CreateGrant", grant("root", both), told);
    let told = "InvalidArnException: ARN does not refer to a valid principal: \
                arn:aws:iam::111111111111:user/nobody";
    says(&mut rig, "kms:CreateGrant", grant("user/nobody", json!({})), told);
    rig.verify();
}

/// Source: tests that Terraform's AWS provider runs against AWS, `TestAccSSMParameter_updateType`.
#[test]
fn a_parameter_changes_its_type() {
    let mut rig = Rig::new();
    let put = |kind: &str| json!({ "Name": "/a", "Value": "v", "Type": kind, "Overwrite": true });
    for kind in ["SecureString", "String", "StringList", "SecureString"] {
        rig.tell(ADMIN, "ssm:PutParameter", put(kind));
        let get = json!({ "Name": "/a", "WithDecryption": true });
        let parameter = rig.tell(ADMIN, "ssm:GetParameter", get)["Parameter"].clone();
        assert_eq!(parameter["Type"], kind);
        assert_eq!(parameter["Value"], "v");
    }
    let list = json!({ "Name": "/a" });
    let history = rig.tell(ADMIN, "ssm:GetParameterHistory", list);
    assert_eq!(history["Parameters"][0]["Type"], "SecureString");
    assert_eq!(history["Parameters"][1]["Type"], "String");
    rig.verify();
}

/// Sources: aws/aws-cli#849, hashicorp/terraform#4278, ansible/ansible#42532.
#[test]
fn a_bucket_policy_is_given_back_as_s3_writes_it() {
    let mut rig = Rig::new();
    rig.tell(ADMIN, "s3:CreateBucket", json!({ "Bucket": "b-1" }));
    let policy = r#"{ "Statement": [{ "Resource": ["arn:aws:s3:::b-1"], "Action": ["s3:ListBucket"],
        "Principal": { "AWS": ["*"] }, "Effect": "Deny", "Sid": "a" }] }"#;
    let put = json!({ "Bucket": "b-1", "Policy": policy });
    rig.tell(ADMIN, "s3:PutBucketPolicy", put);
    let told = rig.tell(ADMIN, "s3:GetBucketPolicy", json!({ "Bucket": "b-1" }));
    let written = r#"{"Version":"2008-10-17","Statement":[{"Sid":"a","Effect":"Deny","#.to_owned()
        + r#""Principal":{"AWS":"*"},"Action":"s3:ListBucket","Resource":"arn:aws:s3:::b-1"}]}"#;
    assert_eq!(told["Policy"], written);
    rig.verify();
}

/// Sources: localstack's recordings of KMS, `test_kms.snapshot.json` (2025); crossplane-contrib/
/// provider-upjet-aws#922 (another letter).
#[test]
fn tags_of_keys_are_judged() {
    let mut rig = Rig::new();
    let key = key(&mut rig, ADMIN, None);
    let tag = |key: &str, value: &str| json!({ "TagKey": key, "TagValue": value });
    let many: Vec<Json> = (0..51).map(|number| tag(&format!("k{number}"), "v")).collect();
    for (tags, told) in [
        (vec![tag("a", "1"), tag("a", "2")], "Duplicate tag keys"),
        (many, "Too many tags"),
        (vec![tag("AWS:a", "1")], "Tags beginning with aws: are reserved"),
        (vec![tag("owner", "we & they")], "Invalid tag"),
    ] {
        let input = json!({ "KeyId": key, "Tags": tags });
        says(&mut rig, "kms:TagResource", input, &format!("TagException: {told}"));
    }
    rig.verify();
}
