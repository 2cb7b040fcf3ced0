//! Encrypting and decrypting.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::key;
use crate::rig::Rig;

#[test]
fn what_is_encrypted_is_decrypted_with_the_same_context_only() {
    let mut rig = Rig::new();
    let arn = key(&mut rig, "tools/admin", None);
    let context = json!({ "app": "shop", "stage": "prod" });
    let sealed = rig.tell(
        "tools/admin",
        "kms:Encrypt",
        json!({ "KeyId": arn, "Plaintext": STANDARD.encode("secret"), "EncryptionContext": context }),
    );
    assert_eq!(sealed["KeyId"], arn);
    rig.restart();
    let blob = sealed["CiphertextBlob"].as_str().unwrap();
    assert!(blob.starts_with("AQICAH"), "{blob}");
    let input = json!({ "CiphertextBlob": blob, "EncryptionContext": context });
    let opened = rig.tell("tools/admin", "kms:Decrypt", input);
    assert_eq!(opened["Plaintext"], STANDARD.encode("secret"));
    for context in [json!({}), json!({ "app": "shop" }), json!({ "app": "shop", "stage": "Prod" })]
    {
        let input = json!({ "CiphertextBlob": blob, "EncryptionContext": context });
        let text = rig.refused("tools/admin", "kms:Decrypt", input);
        assert_eq!(text, "InvalidCiphertextException: ");
    }
    rig.verify();
}

#[test]
fn every_flipped_byte_is_refused() {
    let mut rig = Rig::new();
    let arn = key(&mut rig, "tools/admin", None);
    let input = json!({ "KeyId": arn, "KeySpec": "AES_256" });
    let made = rig.tell("tools/admin", "kms:GenerateDataKey", input);
    let blob = STANDARD.decode(made["CiphertextBlob"].as_str().unwrap()).unwrap();
    for place in 0..blob.len() {
        let mut blob = blob.clone();
        blob[place] ^= 1 << (place % 8);
        let input = json!({ "CiphertextBlob": STANDARD.encode(&blob) });
        let text = rig.refused("tools/admin", "kms:Decrypt", input);
        let known = ["InvalidCiphertextException: ", "AccessDeniedException: "];
        assert!(known.iter().any(|code| text.starts_with(code)), "byte {place}: {text}");
        let input = json!({ "CiphertextBlob": STANDARD.encode(&blob), "KeyId": arn });
        let text = rig.refused("tools/admin", "kms:Decrypt", input);
        let known = ["InvalidCiphertextException: ", "IncorrectKeyException: "];
        assert!(known.iter().any(|code| text.starts_with(code)), "byte {place}: {text}");
    }
}

#[test]
fn a_data_key_comes_in_the_clear_and_encrypted() {
    let mut rig = Rig::new();
    let arn = key(&mut rig, "tools/admin", None);
    let made = rig.tell(
        "tools/admin",
        "kms:GenerateDataKey",
        json!({ "KeyId": arn, "NumberOfBytes": 64 }),
    );
    let opened =
        rig.tell("tools/admin", "kms:Decrypt", json!({ "CiphertextBlob": made["CiphertextBlob"] }));
    assert_eq!(opened["Plaintext"], made["Plaintext"]);
    assert_eq!(opened["KeyMaterialId"], made["KeyMaterialId"]);
    assert_eq!(STANDARD.decode(made["Plaintext"].as_str().unwrap()).unwrap().len(), 64);
    let hidden = rig.tell(
        "tools/admin",
        "kms:GenerateDataKeyWithoutPlaintext",
        json!({ "KeyId": arn, "KeySpec": "AES_128" }),
    );
    assert_eq!(hidden["Plaintext"], json!(null));
    let input = json!({ "CiphertextBlob": hidden["CiphertextBlob"], "KeyId": arn });
    let opened = rig.tell("tools/admin", "kms:Decrypt", input);
    assert_eq!(STANDARD.decode(opened["Plaintext"].as_str().unwrap()).unwrap().len(), 16);
    rig.verify();
}
