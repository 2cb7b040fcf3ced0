//! Grants.

use serde_json::{Value as Json, json};

use super::key;
use crate::rig::Rig;

const ALICE: &str = "arn:aws:iam::111111111111:user/alice";

fn grant(key: &str, grantee: &str, operations: &[&str], more: &Json) -> Json {
    let mut input = json!({ "KeyId": key, "GranteePrincipal": grantee, "Operations": operations });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

#[test]
fn a_grant_lets_its_grantee_in_until_it_is_revoked() {
    let mut rig = Rig::new();
    rig.user("tools/alice", None);
    let arn = key(&mut rig, "tools/admin", None);
    let use_it = json!({ "KeyId": arn, "KeySpec": "AES_256" });
    rig.refused("tools/alice", "kms:GenerateDataKey", use_it.clone());
    let input = grant(&arn, ALICE, &["GenerateDataKey"], &json!({ "Name": "one" }));
    let made = rig.tell("tools/admin", "kms:CreateGrant", input.clone());
    let again = rig.tell("tools/admin", "kms:CreateGrant", input);
    assert_eq!(made["GrantId"], again["GrantId"]);
    assert_ne!(made["GrantToken"], again["GrantToken"]);
    rig.restart();
    rig.tell("tools/alice", "kms:GenerateDataKey", use_it.clone());
    let mut with_token = use_it.clone();
    with_token["GrantTokens"] = json!([made["GrantToken"]]);
    rig.tell("tools/alice", "kms:GenerateDataKey", with_token.clone());
    with_token["GrantTokens"] = json!(["AAAA"]);
    let text = rig.refused("tools/alice", "kms:GenerateDataKey", with_token);
    assert_eq!(text, "InvalidGrantTokenException: ");
    let listed = rig.tell("tools/admin", "kms:ListGrants", json!({ "KeyId": arn }));
    let entry = &listed["Grants"][0];
    assert_eq!((&entry["GranteePrincipal"], &entry["Name"]), (&json!(ALICE), &json!("one")));
    assert_eq!(entry["IssuingAccount"], "arn:aws:iam::111111111111:root");
    assert_eq!(listed["Grants"].as_array().unwrap().len(), 1);
    let revoke = json!({ "KeyId": arn, "GrantId": made["GrantId"] });
    rig.tell("tools/admin", "kms:RevokeGrant", revoke.clone());
    rig.refused("tools/alice", "kms:GenerateDataKey", use_it);
    let text = rig.refused("tools/admin", "kms:RevokeGrant", revoke);
    assert_eq!(
        text,
        format!("NotFoundException: Grant ID {} not found", made["GrantId"].as_str().unwrap())
    );
    rig.verify();
}

#[test]
fn a_constraint_holds_the_grantee_to_its_context() {
    let mut rig = Rig::new();
    rig.user("tools/alice", None);
    let arn = key(&mut rig, "tools/admin", None);
    let constraint = json!({ "Constraints": { "EncryptionContextEquals": { "app": "shop" } } });
    rig.tell("tools/admin", "kms:CreateGrant", grant(&arn, ALICE, &["Encrypt"], &constraint));
    let input =
        |context: Json| json!({ "KeyId": arn, "Plaintext": "AAAA", "EncryptionContext": context });
    rig.tell("tools/alice", "kms:Encrypt", input(json!({ "app": "shop" })));
    for context in [json!({}), json!({ "app": "x" }), json!({ "app": "shop", "more": "x" })] {
        let text = rig.refused("tools/alice", "kms:Encrypt", input(context));
        assert!(text.starts_with("AccessDeniedException: "), "{text}");
    }
    let decrypt = json!({ "KeyId": arn, "KeySpec": "AES_256" });
    rig.refused("tools/alice", "kms:GenerateDataKey", decrypt);
    rig.verify();
}

#[test]
fn whoever_acts_by_a_grant_passes_on_no_more_than_it_has() {
    let mut rig = Rig::new();
    rig.user("tools/alice", None);
    rig.user("tools/bob", None);
    let bob = "arn:aws:iam::111111111111:user/bob";
    let arn = key(&mut rig, "tools/admin", None);
    let context = |kind: &str, app: &str| json!({ "Constraints": { kind: { "app": app } } });
    let (subset, equals) = ("EncryptionContextSubset", "EncryptionContextEquals");
    let parent = grant(&arn, ALICE, &["CreateGrant", "Decrypt"], &context(subset, "shop"));
    rig.tell("tools/admin", "kms:CreateGrant", parent);
    for (operations, constraint) in [
        (vec!["Decrypt"], json!({})),
        (vec!["Decrypt"], context(equals, "bank")),
        (vec!["Decrypt", "Encrypt"], context(equals, "shop")),
    ] {
        let input = grant(&arn, bob, &operations, &constraint);
        let text = rig.refused("tools/alice", "kms:CreateGrant", input);
        assert!(text.starts_with("AccessDeniedException: "), "{text}");
    }
    let input = grant(&arn, bob, &["Decrypt"], &context(equals, "shop"));
    rig.tell("tools/alice", "kms:CreateGrant", input);
    let sealed = rig.tell(
        "tools/admin",
        "kms:Encrypt",
        json!({ "KeyId": arn, "Plaintext": "AAAA", "EncryptionContext": { "app": "shop" } }),
    );
    let input = json!({ "CiphertextBlob": sealed["CiphertextBlob"], "EncryptionContext": { "app": "shop" } });
    assert_eq!(rig.tell("tools/bob", "kms:Decrypt", input)["Plaintext"], "AAAA");
    rig.verify();
}

#[test]
fn a_grant_is_retired_by_whom_it_names() {
    let mut rig = Rig::new();
    rig.user("tools/alice", None);
    rig.user("tools/bob", None);
    let arn = key(&mut rig, "tools/admin", None);
    let more = json!({ "RetiringPrincipal": ALICE });
    let input = grant(&arn, "arn:aws:iam::222222222222:root", &["Decrypt"], &more);
    let made = rig.tell("tools/admin", "kms:CreateGrant", input.clone());
    let listed =
        rig.tell("tools/admin", "kms:ListRetirableGrants", json!({ "RetiringPrincipal": ALICE }));
    assert_eq!(listed["Grants"][0]["GrantId"], made["GrantId"]);
    let by_token = json!({ "GrantToken": made["GrantToken"] });
    let by_id = json!({ "KeyId": arn, "GrantId": made["GrantId"] });
    for input in [by_token.clone(), by_id] {
        let text = rig.refused("staging/admin", "kms:RetireGrant", input);
        assert!(text.starts_with("AccessDeniedException: "), "{text}");
    }
    rig.tell("tools/alice", "kms:RetireGrant", by_token.clone());
    let text = rig.refused("tools/alice", "kms:RetireGrant", by_token);
    assert_eq!(text, "InvalidGrantTokenException: ");
    let text = rig.refused("tools/alice", "kms:RetireGrant", json!({ "GrantId": made["GrantId"] }));
    assert!(text.starts_with("ValidationException: "), "{text}");
    rig.verify();
}

#[test]
fn grantees_and_operations_are_checked() {
    let mut rig = Rig::new();
    let arn = key(&mut rig, "tools/admin", None);
    for (grantee, operation, told) in [
        (ALICE, "Decrypt", "InvalidArnException: "),
        ("arn:aws:iam::111111111111:group/g", "Decrypt", "InvalidArnException: "),
        ("s3.amazonaws.com", "Decrypt", "InvalidArnException: "),
        ("arn:aws:iam::111111111111:root", "Sign", "ValidationException: "),
    ] {
        let input = grant(&arn, grantee, &[operation], &json!({}));
        let text = rig.refused("tools/admin", "kms:CreateGrant", input);
        assert!(text.starts_with(told), "{grantee} {operation}: {text}");
    }
}
