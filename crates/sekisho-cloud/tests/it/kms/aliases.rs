//! Aliases.

use serde_json::{Value as Json, json};

use super::key;
use crate::rig::Rig;

fn alias(name: &str, key: &str) -> Json {
    json!({ "AliasName": name, "TargetKeyId": key })
}

#[test]
fn an_alias_points_at_one_key_and_then_at_another() {
    let mut rig = Rig::new();
    let (first, second) = (key(&mut rig, "tools/admin", None), key(&mut rig, "tools/admin", None));
    rig.tell("tools/admin", "kms:CreateAlias", alias("alias/app", &first));
    let describe = json!({ "KeyId": "alias/app" });
    let pointed = |rig: &mut Rig| {
        let seen = rig.tell("tools/admin", "kms:DescribeKey", describe.clone());
        seen["KeyMetadata"]["Arn"].as_str().unwrap().to_owned()
    };
    assert_eq!(pointed(&mut rig), first);
    rig.tell("tools/admin", "kms:UpdateAlias", alias("alias/app", &second));
    rig.restart();
    assert_eq!(pointed(&mut rig), second);
    let of = |key: &str| json!({ "KeyId": key });
    let listed = rig.tell("tools/admin", "kms:ListAliases", of(&first));
    assert_eq!(listed["Aliases"], json!([]));
    let listed = rig.tell("tools/admin", "kms:ListAliases", of(&second));
    assert_eq!(listed["Aliases"][0]["AliasName"], "alias/app");
    rig.tell("tools/admin", "kms:DeleteAlias", json!({ "AliasName": "alias/app" }));
    let text = rig.refused("tools/admin", "kms:DeleteAlias", json!({ "AliasName": "alias/app" }));
    assert!(text.starts_with("NotFoundException: Alias "), "{text}");
    rig.verify();
}

#[test]
fn names_are_checked() {
    let mut rig = Rig::new();
    let arn = key(&mut rig, "tools/admin", None);
    rig.tell("tools/admin", "kms:CreateAlias", alias("alias/app", &arn));
    for (name, told) in [
        (
            "alias/app",
            "AlreadyExistsException: An alias with the name \
             arn:aws:kms:us-east-1:111111111111:alias/app already exists",
        ),
        (
            "app",
            "ValidationException: Alias must start with the prefix \"alias/\". Please see \
             https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html",
        ),
        ("alias/a:b", "ValidationException: alias/a:b contains invalid characters for an alias"),
        ("alias/aws/s3", "NotAuthorizedException: "),
    ] {
        assert_eq!(rig.refused("tools/admin", "kms:CreateAlias", alias(name, &arn)), told);
    }
    let text = rig.refused("tools/admin", "kms:CreateAlias", alias("alias/b", "alias/app"));
    assert_eq!(text, "ValidationException: Aliases must refer to keys. Not aliases");
    let text = rig.refused("tools/admin", "kms:EnableKey", json!({ "KeyId": "alias/app" }));
    let told = "InvalidArnException: Key Aliases are not supported for this operation.";
    assert_eq!(text, told);
}

#[test]
fn reserved_aliases_are_listed_before_their_keys_exist() {
    let mut rig = Rig::new();
    let reserved = ["alias/aws/s3", "alias/aws/secretsmanager", "alias/aws/ssm"];
    let list =
        |rig: &mut Rig| rig.tell("tools/admin", "kms:ListAliases", json!({}))["Aliases"].clone();
    let listed = list(&mut rig);
    for (place, name) in reserved.iter().enumerate() {
        assert_eq!(listed[place]["AliasName"], *name);
        assert_eq!(listed[place]["TargetKeyId"], json!(null));
    }
    let describe = json!({ "KeyId": "alias/aws/s3" });
    let made = rig.tell("tools/admin", "kms:DescribeKey", describe)["KeyMetadata"].clone();
    assert_eq!(made["KeyManager"], "AWS");
    assert_eq!(list(&mut rig)[0]["TargetKeyId"], made["KeyId"]);
    rig.restart();
    let input = json!({ "KeyId": "alias/aws/s3", "KeySpec": "AES_256" });
    let text = rig.refused("tools/admin", "kms:GenerateDataKey", input);
    assert!(
        text.ends_with("no resource-based policy allows the kms:GenerateDataKey action"),
        "{text}"
    );
    for operation in ["DisableKey", "ScheduleKeyDeletion", "RotateKeyOnDemand"] {
        let input = json!({ "KeyId": made["KeyId"] });
        let text = rig.refused("tools/admin", &format!("kms:{operation}"), input);
        assert!(text.starts_with("AccessDeniedException: "), "{text}");
    }
    let policy = rig.tell("tools/admin", "kms:GetKeyPolicy", json!({ "KeyId": made["KeyId"] }));
    assert!(policy["Policy"].as_str().unwrap().contains("\"s3.us-east-1.amazonaws.com\""));
    rig.verify();
}
