//! Keys: made, described, listed, disabled, ended.

use sekisho_cloud::operation::Served;
use serde_json::{Value as Json, json};

use super::key;
use crate::rig::Rig;

/// A day, in seconds.
const DAY: i64 = 24 * 60 * 60;

#[test]
fn a_key_is_made_described_and_listed() {
    let mut rig = Rig::new();
    let tags = json!([{ "TagKey": "team", "TagValue": "shop" }]);
    let input = json!({ "Description": "orders", "Tags": tags });
    let made = rig.tell("tools/admin", "kms:CreateKey", input)["KeyMetadata"].clone();
    let arn = made["Arn"].as_str().unwrap();
    rig.restart();
    let seen = rig.tell("tools/admin", "kms:DescribeKey", json!({ "KeyId": arn }));
    assert_eq!(seen["KeyMetadata"], made);
    let expected = json!({
        "AWSAccountId": "111111111111", "Enabled": true, "Description": "orders",
        "KeyUsage": "ENCRYPT_DECRYPT", "KeyState": "Enabled", "Origin": "AWS_KMS",
        "KeyManager": "CUSTOMER", "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT",
        "KeySpec": "SYMMETRIC_DEFAULT", "EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"],
        "MultiRegion": false,
    });
    for (member, value) in expected.as_object().unwrap() {
        assert_eq!(&made[member], value, "{member}");
    }
    let more = key(&mut rig, "tools/admin", None);
    key(&mut rig, "staging/admin", None);
    let mut listed = Vec::new();
    let mut marker = json!(null);
    loop {
        let mut input = json!({ "Limit": 1 });
        if !marker.is_null() {
            input["Marker"] = marker;
        }
        let page = rig.tell("tools/admin", "kms:ListKeys", input);
        listed.push(page["Keys"][0]["KeyArn"].clone());
        marker = page["NextMarker"].clone();
        if page["Truncated"] == false {
            break;
        }
    }
    let mut both = vec![json!(arn), json!(more)];
    both.sort_by_key(Json::to_string);
    assert_eq!(listed, both);
    rig.verify();
}

#[test]
fn keys_of_other_kinds_are_refused_by_name() {
    let mut rig = Rig::new();
    let mut refused = |input| rig.refused("tools/admin", "kms:CreateKey", input);
    let text = refused(json!({ "KeySpec": "RSA_2048" }));
    assert_eq!(
        text,
        "ValidationException: You must specify a KeyUsage value for all KMS keys except for \
         symmetric encryption keys."
    );
    for (input, value) in [
        (json!({ "KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY" }), "`RSA_2048` of `KeySpec`"),
        (json!({ "MultiRegion": true }), "`true` of `MultiRegion`"),
        (json!({ "Origin": "EXTERNAL" }), "`EXTERNAL` of `Origin`"),
    ] {
        let text = refused(input);
        assert!(text.starts_with("NotImplemented: ") && text.contains(value), "{text}");
    }
}

#[test]
fn what_is_not_there_is_told_at_home_only() {
    let mut rig = Rig::new();
    let id = "1234abcd-12ab-34cd-56ef-1234567890ab";
    let mut refused =
        |key_id: &str| rig.refused("tools/admin", "kms:DescribeKey", json!({ "KeyId": key_id }));
    assert_eq!(
        refused(id),
        format!(
            "NotFoundException: Key 'arn:aws:kms:us-east-1:111111111111:key/{id}' does not exist"
        )
    );
    assert_eq!(refused("fake"), "NotFoundException: Invalid keyId 'fake'");
    assert_eq!(
        refused("alias/none"),
        "NotFoundException: Alias arn:aws:kms:us-east-1:111111111111:alias/none is not found."
    );
    for foreign in [format!("key/{id}"), "alias/none".to_owned()] {
        assert_eq!(
            refused(&format!("arn:aws:kms:us-east-1:222222222222:{foreign}")),
            "AccessDeniedException: User: arn:aws:iam::111111111111:user/admin is not authorized to \
             perform: kms:DescribeKey on this resource because the resource does not exist in this \
             Region, no resource-based policies allow access, or a resource-based policy explicitly \
             denies access"
        );
    }
}

#[test]
fn a_disabled_key_does_nothing_until_it_is_enabled() {
    let mut rig = Rig::new();
    let arn = key(&mut rig, "tools/admin", None);
    let key_id = json!({ "KeyId": arn });
    let use_it = json!({ "KeyId": arn, "KeySpec": "AES_256" });
    rig.tell("tools/admin", "kms:DisableKey", key_id.clone());
    let text = rig.refused("tools/admin", "kms:GenerateDataKey", use_it.clone());
    assert_eq!(text, format!("DisabledException: {arn} is disabled."));
    rig.tell("tools/admin", "kms:EnableKey", key_id);
    let dry = json!({ "KeyId": arn, "KeySpec": "AES_256", "DryRun": true });
    let text = rig.refused("tools/admin", "kms:GenerateDataKey", dry);
    assert!(text.starts_with("DryRunOperationException: "), "{text}");
    rig.tell("tools/admin", "kms:GenerateDataKey", use_it);
    rig.verify();
}

#[test]
fn a_deleted_key_waits_and_is_then_gone_with_everything_under_it() {
    let mut rig = Rig::new();
    let arn = key(&mut rig, "tools/admin", None);
    let other = key(&mut rig, "tools/admin", None);
    let made =
        rig.tell("tools/admin", "kms:GenerateDataKey", json!({ "KeyId": arn, "NumberOfBytes": 9 }));
    let decrypt = json!({ "CiphertextBlob": made["CiphertextBlob"] });
    let alias = json!({ "AliasName": "alias/app", "TargetKeyId": arn });
    rig.tell("tools/admin", "kms:CreateAlias", alias);
    let early = json!({ "KeyId": arn, "PendingWindowInDays": 5 });
    let text = rig.refused("tools/admin", "kms:ScheduleKeyDeletion", early);
    assert!(text.ends_with("PendingWindowInDays must be between 7 and 30"), "{text}");
    let schedule = json!({ "KeyId": arn, "PendingWindowInDays": 7 });
    let reply = rig.tell("tools/admin", "kms:ScheduleKeyDeletion", schedule.clone());
    assert_eq!((&reply["KeyId"], &reply["KeyState"]), (&json!(arn), &json!("PendingDeletion")));
    let pending = format!("KMSInvalidStateException: {arn} is pending deletion.");
    assert_eq!(rig.refused("tools/admin", "kms:Decrypt", decrypt.clone()), pending);
    assert_eq!(rig.refused("tools/admin", "kms:EnableKey", json!({ "KeyId": arn })), pending);
    rig.tell("tools/admin", "kms:CancelKeyDeletion", json!({ "KeyId": arn }));
    let text = rig.refused("tools/admin", "kms:CancelKeyDeletion", json!({ "KeyId": arn }));
    assert_eq!(text, format!("KMSInvalidStateException: {arn} is not pending deletion."));
    rig.pass(8 * DAY);
    rig.tell("tools/admin", "kms:EnableKey", json!({ "KeyId": arn }));
    rig.tell("tools/admin", "kms:Decrypt", decrypt.clone());
    rig.tell("tools/admin", "kms:ScheduleKeyDeletion", schedule);
    rig.pass(7 * DAY);
    for key_id in [arn.as_str(), "alias/app"] {
        let text = rig.refused("tools/admin", "kms:DescribeKey", json!({ "KeyId": key_id }));
        assert!(text.starts_with("NotFoundException: "), "{text}");
    }
    let text = rig.refused("tools/admin", "kms:Decrypt", decrypt);
    assert!(text.starts_with("AccessDeniedException: "), "{text}");
    rig.tell("tools/admin", "kms:DescribeKey", json!({ "KeyId": other }));
    let id = arn.rsplit('/').next().unwrap().to_owned();
    let stored = rig.memory.0.lock().unwrap().rows.clone();
    let held = |(_, row): &&(String, String)| row.contains(&id);
    assert_eq!(stored.keys().find(held), None, "the key material is still there");
    rig.verify();
}

#[test]
fn tags_and_description_change() {
    let mut rig = Rig::new();
    let arn = key(&mut rig, "tools/admin", None);
    let tag = |key: &str, value: &str| json!({ "TagKey": key, "TagValue": value });
    let tags = json!({ "KeyId": arn, "Tags": [tag("b", "1"), tag("a", "2"), tag("c", "3")] });
    rig.tell("tools/admin", "kms:TagResource", tags);
    rig.tell("tools/admin", "kms:UntagResource", json!({ "KeyId": arn, "TagKeys": ["b"] }));
    let listed = rig.tell("tools/admin", "kms:ListResourceTags", json!({ "KeyId": arn }));
    assert_eq!(listed["Tags"], json!([tag("a", "2"), tag("c", "3")]));
    let reserved = json!({ "KeyId": arn, "Tags": [tag("aws:x", "1")] });
    let text = rig.refused("tools/admin", "kms:TagResource", reserved);
    assert!(text.starts_with("TagException: "), "{text}");
    let change = json!({ "KeyId": arn, "Description": "new" });
    rig.tell("tools/admin", "kms:UpdateKeyDescription", change);
    let seen = rig.tell("tools/admin", "kms:DescribeKey", json!({ "KeyId": arn }));
    assert_eq!(seen["KeyMetadata"]["Description"], "new");
    rig.verify();
}

#[test]
fn random_bytes_are_as_many_as_are_asked_for() {
    let mut rig = Rig::new();
    let reply = rig.tell("tools/admin", "kms:GenerateRandom", json!({ "NumberOfBytes": 3 }));
    assert_eq!(reply["Plaintext"].as_str().unwrap().len(), 4);
    let text = rig.refused("tools/admin", "kms:GenerateRandom", json!({}));
    assert_eq!(text, "ValidationException: NumberOfBytes is required.");
}

/// Every operation, with an input that only a missing permission keeps from succeeding.
fn every_operation(arn: &str, blob: &Json, grant: &Json) -> Vec<(&'static str, Json)> {
    let user = "arn:aws:iam::111111111111:user/admin";
    let key = json!({ "KeyId": arn });
    let with = |more: Json| {
        let mut input = key.clone();
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let tag = json!({ "TagKey": "a", "TagValue": "b" });
    let policy = super::key_policy("111111111111", &super::nobody()).to_string();
    vec![
        ("CancelKeyDeletion", key.clone()),
        ("CreateAlias", json!({ "AliasName": "alias/b", "TargetKeyId": arn })),
        ("CreateGrant", with(json!({ "GranteePrincipal": user, "Operations": ["Decrypt"] }))),
        ("CreateKey", json!({})),
        ("Decrypt", json!({ "CiphertextBlob": blob })),
        ("DeleteAlias", json!({ "AliasName": "alias/a" })),
        ("DescribeKey", key.clone()),
        ("DisableKey", key.clone()),
        ("DisableKeyRotation", key.clone()),
        ("EnableKey", key.clone()),
        ("EnableKeyRotation", key.clone()),
        ("Encrypt", with(json!({ "Plaintext": "AAAA" }))),
        ("GenerateDataKey", with(json!({ "KeySpec": "AES_256" }))),
        ("GenerateDataKeyWithoutPlaintext", with(json!({ "KeySpec": "AES_256" }))),
        ("GenerateRandom", json!({ "NumberOfBytes": 1 })),
        ("GetKeyPolicy", key.clone()),
        ("GetKeyRotationStatus", key.clone()),
        ("ListAliases", json!({})),
        ("ListGrants", key.clone()),
        ("ListKeyPolicies", key.clone()),
        ("ListKeyRotations", key.clone()),
        ("ListKeys", json!({})),
        ("ListResourceTags", key.clone()),
        ("ListRetirableGrants", json!({ "RetiringPrincipal": user })),
        ("PutKeyPolicy", with(json!({ "Policy": policy }))),
        ("ReEncrypt", json!({ "CiphertextBlob": blob, "DestinationKeyId": arn })),
        ("RetireGrant", with(json!({ "GrantId": grant }))),
        ("RevokeGrant", with(json!({ "GrantId": grant }))),
        ("RotateKeyOnDemand", key.clone()),
        ("ScheduleKeyDeletion", key.clone()),
        ("TagResource", with(json!({ "Tags": [tag] }))),
        ("UntagResource", with(json!({ "TagKeys": ["a"] }))),
        ("UpdateAlias", json!({ "AliasName": "alias/a", "TargetKeyId": arn })),
        ("UpdateKeyDescription", with(json!({ "Description": "x" }))),
    ]
}

#[test]
fn nobody_does_anything_without_permission() {
    let mut rig = Rig::new();
    rig.user("tools/nobody", None);
    let arn = key(&mut rig, "tools/admin", None);
    rig.tell(
        "tools/admin",
        "kms:CreateAlias",
        json!({ "AliasName": "alias/a", "TargetKeyId": arn }),
    );
    let input = json!({ "KeyId": arn, "KeySpec": "AES_256" });
    let blob = rig.tell("tools/admin", "kms:GenerateDataKey", input)["CiphertextBlob"].clone();
    let input = json!({
        "KeyId": arn, "Operations": ["Decrypt"],
        "GranteePrincipal": "arn:aws:iam::222222222222:user/admin",
    });
    let grant = rig.tell("tools/admin", "kms:CreateGrant", input)["GrantId"].clone();
    // When a key was last used is written down for refused calls too.
    let rows = |rig: &Rig| {
        let mut rows = rig.memory.0.lock().unwrap().rows.clone();
        rows.retain(|(table, _), _| table != "iam.use");
        rows
    };
    let before = rows(&rig);
    let all = every_operation(&arn, &blob, &grant);
    let served = sekisho_cloud::services::kms::OPERATIONS;
    assert!(served.iter().map(Served::operation).eq(all.iter().map(|(name, _)| *name)));
    for (name, input) in all {
        let text = rig.refused("tools/nobody", &format!("kms:{name}"), input);
        let action = if name == "ReEncrypt" { "ReEncryptFrom" } else { name };
        let told = format!(
            "AccessDeniedException: User: arn:aws:iam::111111111111:user/nobody is not authorized \
             to perform: kms:{action}"
        );
        assert!(text.starts_with(&told), "{text}");
    }
    assert!(rows(&rig) == before, "a refused call changed something");
    rig.verify();
}
