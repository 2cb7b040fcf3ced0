//! Key policies.

use serde_json::{Value as Json, json};

use super::{key, key_policy};
use crate::rig::Rig;

/// A statement that lets these principals do these actions.
fn lets(principal: &str, actions: &[&str]) -> Json {
    json!({
        "Effect": "Allow", "Principal": { "AWS": principal }, "Action": actions, "Resource": "*"
    })
}

#[test]
fn a_key_policy_lets_in_who_it_names() {
    let mut rig = Rig::new();
    rig.user("tools/alice", None);
    let arn = key(&mut rig, "tools/admin", None);
    let use_it = json!({ "KeyId": arn, "KeySpec": "AES_256" });
    let text = rig.refused("tools/alice", "kms:GenerateDataKey", use_it.clone());
    assert_eq!(
        text,
        format!(
            "AccessDeniedException: User: arn:aws:iam::111111111111:user/alice is not authorized to \
             perform: kms:GenerateDataKey on resource: {arn} because no identity-based policy allows \
             the kms:GenerateDataKey action"
        )
    );
    let alice = "arn:aws:iam::111111111111:user/alice";
    let policy = key_policy("111111111111", &lets(alice, &["kms:GenerateDataKey"])).to_string();
    let input = json!({ "KeyId": arn, "Policy": policy });
    rig.tell("tools/admin", "kms:PutKeyPolicy", input);
    rig.restart();
    let made = rig.tell("tools/alice", "kms:GenerateDataKey", use_it);
    let decrypt = json!({ "CiphertextBlob": made["CiphertextBlob"] });
    let text = rig.refused("tools/alice", "kms:Decrypt", decrypt);
    assert_eq!(
        text,
        "AccessDeniedException: User: arn:aws:iam::111111111111:user/alice is not authorized to \
         perform: kms:Decrypt on the resource associated with this ciphertext because no \
         identity-based policy allows the kms:Decrypt action"
    );
    let seen = rig.tell("tools/admin", "kms:GetKeyPolicy", json!({ "KeyId": arn }));
    assert_eq!((&seen["Policy"], &seen["PolicyName"]), (&json!(policy), &json!("default")));
    let names = rig.tell("tools/admin", "kms:ListKeyPolicies", json!({ "KeyId": arn }));
    assert_eq!(names["PolicyNames"], json!(["default"]));
    let other = json!({ "KeyId": arn, "PolicyName": "other" });
    let text = rig.refused("tools/admin", "kms:GetKeyPolicy", other);
    assert_eq!(text, "NotFoundException: No such policy exists");
    rig.verify();
}

#[test]
fn across_accounts_both_must_allow_and_administration_stays_at_home() {
    let mut rig = Rig::new();
    rig.user("staging/bob", None);
    let staging = lets("arn:aws:iam::222222222222:root", &["kms:*"]);
    let policy = key_policy("111111111111", &staging);
    let arn = key(&mut rig, "tools/admin", Some(&policy));
    let use_it = json!({ "KeyId": arn, "KeySpec": "AES_256" });
    let made = rig.tell("staging/admin", "kms:GenerateDataKey", use_it.clone());
    assert_eq!(made["KeyId"], arn);
    let text = rig.refused("staging/bob", "kms:GenerateDataKey", use_it.clone());
    assert!(text.contains("on this resource because the resource does not exist"), "{text}");
    rig.refused("production/admin", "kms:GenerateDataKey", use_it);
    rig.tell("staging/admin", "kms:DescribeKey", json!({ "KeyId": arn }));
    rig.tell("staging/admin", "kms:GetKeyRotationStatus", json!({ "KeyId": arn }));
    for operation in ["DisableKey", "GetKeyPolicy", "ScheduleKeyDeletion", "ListResourceTags"] {
        let input = json!({ "KeyId": arn });
        let text = rig.refused("staging/admin", &format!("kms:{operation}"), input);
        assert!(text.contains("on this resource because the resource does not exist"), "{text}");
    }
    rig.verify();
}

#[test]
fn a_policy_must_be_sound_and_must_not_lock_out() {
    let mut rig = Rig::new();
    rig.user("tools/alice", None);
    let arn = key(&mut rig, "tools/admin", None);
    let only_alice = json!({
        "Version": "2012-10-17",
        "Statement": [lets("arn:aws:iam::111111111111:user/alice", &["kms:*"])]
    });
    let strangers = "MalformedPolicyDocumentException: Policy contains a statement with one or more \
                     invalid principals.";
    let stranger = lets("arn:aws:iam::111111111111:user/stranger", &["kms:Decrypt"]);
    let account = lets("arn:aws:iam::999999999999:root", &["kms:Decrypt"]);
    let mut loose = lets("arn:aws:iam::111111111111:user/alice", &["kms:Decrypt"]);
    loose["Condition"] =
        json!({ "ForAllValues:StringEquals": { "kms:EncryptionContext:app": "shop" } });
    for (policy, told) in [
        (key_policy("111111111111", &stranger), strangers),
        (key_policy("111111111111", &account), strangers),
        (
            only_alice.clone(),
            "MalformedPolicyDocumentException: The new key policy will not allow you to update the \
             key policy in the future.",
        ),
        (
            key_policy("111111111111", &loose),
            "MalformedPolicyDocumentException: OverlyPermissiveCondition: ",
        ),
        (json!("nonsense"), "MalformedPolicyDocumentException: "),
    ] {
        let put = json!({ "KeyId": arn, "Policy": policy.to_string() });
        let text = rig.refused("tools/admin", "kms:PutKeyPolicy", put);
        assert!(text.starts_with(told), "{text}");
        let create = json!({ "Policy": policy.to_string() });
        let text = rig.refused("tools/admin", "kms:CreateKey", create);
        assert!(text.starts_with(told), "{text}");
    }
    let put = json!({
        "KeyId": arn, "Policy": only_alice.to_string(), "BypassPolicyLockoutSafetyCheck": true,
    });
    rig.tell("tools/admin", "kms:PutKeyPolicy", put);
    let text = rig.refused("tools/admin", "kms:DescribeKey", json!({ "KeyId": arn }));
    assert!(
        text.ends_with("because no resource-based policy allows the kms:DescribeKey action"),
        "{text}"
    );
    rig.tell("tools/alice", "kms:DescribeKey", json!({ "KeyId": arn }));
    rig.verify();
}

#[test]
fn conditions_see_context_and_alias() {
    let mut rig = Rig::new();
    rig.user("tools/alice", None);
    let mut statement = lets("arn:aws:iam::111111111111:user/alice", &["kms:Encrypt"]);
    statement["Condition"] = json!({
        "StringEquals": {
            "kms:EncryptionContext:app": "shop", "kms:RequestAlias": "alias/app",
            "kms:CallerAccount": "111111111111", "kms:KeySpec": "SYMMETRIC_DEFAULT",
        },
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/app" },
        "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["app", "stage"] },
        "Null": { "kms:ViaService": "true" },
    });
    let arn = key(&mut rig, "tools/admin", Some(&key_policy("111111111111", &statement)));
    rig.tell(
        "tools/admin",
        "kms:CreateAlias",
        json!({ "AliasName": "alias/app", "TargetKeyId": arn }),
    );
    let input = |key: &str, context: Json| json!({ "KeyId": key, "Plaintext": "AAAA", "EncryptionContext": context });
    rig.tell("tools/alice", "kms:Encrypt", input("alias/app", json!({ "app": "shop" })));
    for refused in [
        input(&arn, json!({ "app": "shop" })),
        input("alias/app", json!({ "app": "bank" })),
        input("alias/app", json!({})),
        input("alias/app", json!({ "app": "shop", "other": "x" })),
    ] {
        let text = rig.refused("tools/alice", "kms:Encrypt", refused);
        assert!(text.starts_with("AccessDeniedException: "), "{text}");
    }
    let both = input("alias/app", json!({ "app": "shop", "App": "shop" }));
    let text = rig.refused("tools/alice", "kms:Encrypt", both);
    assert!(text.starts_with("ValidationException: "), "{text}");
    rig.verify();
}
