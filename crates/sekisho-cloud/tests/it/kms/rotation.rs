//! Rotation: new key material, and the old one still decrypts.

use serde_json::json;

use super::key;
use crate::rig::Rig;

/// A day, in seconds.
const DAY: i64 = 24 * 60 * 60;

#[test]
fn a_key_is_rotated_by_the_clock_and_on_demand() {
    let mut rig = Rig::new();
    let arn = key(&mut rig, "tools/admin", None);
    let key_id = json!({ "KeyId": arn });
    let enable = json!({ "KeyId": arn, "RotationPeriodInDays": 90 });
    rig.tell("tools/admin", "kms:EnableKeyRotation", enable);
    let status = rig.tell("tools/admin", "kms:GetKeyRotationStatus", key_id.clone());
    assert_eq!(
        (&status["KeyRotationEnabled"], &status["RotationPeriodInDays"]),
        (&json!(true), &json!(90))
    );
    let generate = json!({ "KeyId": arn, "KeySpec": "AES_256" });
    let mut blobs = Vec::new();
    for days in [0, 89, 1, 180] {
        rig.pass(days * DAY);
        blobs.push(rig.tell("tools/admin", "kms:GenerateDataKey", generate.clone()));
    }
    rig.tell("tools/admin", "kms:RotateKeyOnDemand", key_id.clone());
    blobs.push(rig.tell("tools/admin", "kms:GenerateDataKey", generate));
    rig.restart();
    for made in &blobs {
        let input = json!({ "CiphertextBlob": made["CiphertextBlob"] });
        let opened = rig.tell("tools/admin", "kms:Decrypt", input);
        assert_eq!(opened["Plaintext"], made["Plaintext"]);
        assert_eq!(opened["KeyMaterialId"], made["KeyMaterialId"]);
    }
    let material = |place: usize| &blobs[place]["KeyMaterialId"];
    assert_eq!(material(0), material(1));
    assert!((1..4).all(|place| material(place) != material(place + 1)));
    let listed = rig.tell("tools/admin", "kms:ListKeyRotations", key_id.clone());
    let types: Vec<_> =
        listed["Rotations"].as_array().unwrap().iter().map(|one| &one["RotationType"]).collect();
    assert_eq!(types, ["AUTOMATIC", "AUTOMATIC", "AUTOMATIC", "ON_DEMAND"]);
    let all = json!({ "KeyId": arn, "IncludeKeyMaterial": "ALL_KEY_MATERIAL" });
    let all = rig.tell("tools/admin", "kms:ListKeyRotations", all);
    assert_eq!(all["Rotations"].as_array().unwrap().len(), 5);
    assert_eq!(&all["Rotations"][0]["KeyMaterialId"], material(0));
    assert_eq!(all["Rotations"][4]["KeyMaterialState"], "CURRENT");
    rig.tell("tools/admin", "kms:DisableKeyRotation", key_id.clone());
    let status = rig.tell("tools/admin", "kms:GetKeyRotationStatus", key_id);
    assert_eq!(status["KeyRotationEnabled"], false);
    rig.verify();
}

#[test]
fn a_disabled_key_is_rotated_when_it_is_enabled() {
    let mut rig = Rig::new();
    let arn = key(&mut rig, "tools/admin", None);
    let key_id = json!({ "KeyId": arn });
    rig.tell("tools/admin", "kms:EnableKeyRotation", key_id.clone());
    rig.tell("tools/admin", "kms:DisableKey", key_id.clone());
    let text = rig.refused("tools/admin", "kms:EnableKeyRotation", key_id.clone());
    assert_eq!(text, format!("DisabledException: {arn} is disabled."));
    rig.pass(800 * DAY);
    let listed = rig.tell("tools/admin", "kms:ListKeyRotations", key_id.clone());
    assert_eq!(listed["Rotations"], json!([]));
    rig.tell("tools/admin", "kms:EnableKey", key_id.clone());
    let listed = rig.tell("tools/admin", "kms:ListKeyRotations", key_id);
    assert_eq!(listed["Rotations"].as_array().unwrap().len(), 1);
    rig.verify();
}

#[test]
fn rotation_on_demand_has_a_limit() {
    let mut rig = Rig::new();
    let arn = key(&mut rig, "tools/admin", None);
    for _ in 0..25 {
        rig.tell("tools/admin", "kms:RotateKeyOnDemand", json!({ "KeyId": arn }));
    }
    let text = rig.refused("tools/admin", "kms:RotateKeyOnDemand", json!({ "KeyId": arn }));
    assert!(text.starts_with("LimitExceededException: "), "{text}");
}
