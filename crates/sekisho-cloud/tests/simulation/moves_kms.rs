//! Keys: what was encrypted under any version of a living key is decrypted, and nothing else is.

use serde_json::json;

use crate::history::{Expected, History, Wrong};
use crate::model::{Ciphertext, KeyState, KmsKey, Who};
use crate::moves::{one_of, somebody};

const KEYS_MAX: usize = 3;
const ROTATIONS_MAX: usize = 10;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const CLERK: &str = "arn:aws:iam::111111111111:user/clerk";

pub(crate) fn create_key(history: &mut History) -> Result<(), Wrong> {
    if history.model.keys.len() >= KEYS_MAX {
        return Ok(());
    }
    let who = somebody(history);
    let Some(made) = history.call(who, "kms:CreateKey", &json!({}), Expected::Done)? else {
        return Ok(());
    };
    let id = made["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned();
    let key = KmsKey { id, state: KeyState::Enabled, grant: None, rotations: 0 };
    history.model.keys.push(key);
    Ok(())
}

/// A key, which may have ended meanwhile.
pub(crate) fn some_key(history: &mut History) -> Option<(usize, KmsKey)> {
    let number = one_of(history, history.model.keys.len())?;
    Some((number, history.model.keys[number].clone()))
}

fn is_gone(history: &History, key: &KmsKey) -> bool {
    matches!(key.state, KeyState::Due(due_ms) if due_ms <= history.now_ms())
}

/// How it goes to use a key as it is.
pub(crate) fn used(history: &History, key: &KmsKey) -> Expected {
    match key.state {
        _ if is_gone(history, key) => Expected::FaultFirst("NotFoundException"),
        KeyState::Enabled => Expected::Done,
        KeyState::Disabled => Expected::Fault("DisabledException"),
        KeyState::Due(_) => Expected::Fault("KMSInvalidStateException"),
    }
}

/// How it goes to change a key that must not be about to end.
fn changed(history: &History, key: &KmsKey) -> Expected {
    match used(history, key) {
        Expected::Fault("DisabledException") => Expected::Done,
        other => other,
    }
}

pub(crate) fn encrypt(history: &mut History) -> Result<(), Wrong> {
    let Some((number, key)) = some_key(history) else { return Ok(()) };
    let (who, expected) = (somebody(history), used(history, &key));
    let (plain, context) = (history.text(), format!("{}", history.random.below(3)));
    let input = json!({
        "KeyId": key.id, "Plaintext": hex(&plain), "EncryptionContext": { "is": context },
    });
    let Some(reply) = history.call(who, "kms:Encrypt", &input, expected)? else { return Ok(()) };
    let blob = reply["CiphertextBlob"].as_str().unwrap().to_owned();
    let plain = hex(&plain);
    history.model.ciphertexts.push(Ciphertext { blob, key: number, context, plain });
    Ok(())
}

/// Text that is base64 of something: hexadecimal digits, four for two.
fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:04x}")).collect()
}

pub(crate) fn decrypt(history: &mut History) -> Result<(), Wrong> {
    let Some(number) = one_of(history, history.model.ciphertexts.len()) else { return Ok(()) };
    let sealed = history.model.ciphertexts[number].clone();
    let key = history.model.keys[sealed.key].clone();
    let who = somebody(history);
    let is_wrong = history.random.once_in(4);
    let context = if is_wrong { "another" } else { &sealed.context };
    let input = json!({ "CiphertextBlob": sealed.blob, "EncryptionContext": { "is": context } });
    let expected = match used(history, &key) {
        // Who does not name the key does not learn that there is none.
        Expected::FaultFirst(_) => Expected::FaultFirst("AccessDenied"),
        Expected::Done if is_wrong => Expected::Fault("InvalidCiphertextException"),
        other => other,
    };
    let expected = match expected {
        Expected::Done if who == Who::Clerk && key.grant.is_some() => Expected::Free,
        Expected::Fault(code) if who == Who::Clerk && key.grant.is_some() => {
            Expected::FaultFirst(code)
        }
        other => other,
    };
    let Some(reply) = history.call(who, "kms:Decrypt", &input, expected)? else { return Ok(()) };
    if reply["Plaintext"] == sealed.plain { Ok(()) } else { Err(format!("{reply}: {sealed:?}")) }
}

/// Switches a key on or off.
pub(crate) fn switch(history: &mut History) -> Result<(), Wrong> {
    let Some((number, key)) = some_key(history) else { return Ok(()) };
    let (who, expected) = (somebody(history), changed(history, &key));
    let (operation, state) = match key.state {
        KeyState::Disabled => ("kms:EnableKey", KeyState::Enabled),
        _ => ("kms:DisableKey", KeyState::Disabled),
    };
    let done = history.call(who, operation, &json!({ "KeyId": key.id }), expected)?;
    if done.is_some() {
        history.model.keys[number].state = state;
    }
    Ok(())
}

pub(crate) fn schedule_deletion(history: &mut History) -> Result<(), Wrong> {
    let Some((number, key)) = some_key(history) else { return Ok(()) };
    let expected = changed(history, &key);
    let input = json!({ "KeyId": key.id, "PendingWindowInDays": 7 });
    let due_ms = history.now_ms() + 7 * DAY_MS;
    if history.call(Who::Admin, "kms:ScheduleKeyDeletion", &input, expected)?.is_some() {
        history.model.keys[number].state = KeyState::Due(due_ms);
    }
    Ok(())
}

pub(crate) fn cancel_deletion(history: &mut History) -> Result<(), Wrong> {
    let Some((number, key)) = some_key(history) else { return Ok(()) };
    let expected = match key.state {
        _ if is_gone(history, &key) => Expected::FaultFirst("NotFoundException"),
        KeyState::Due(_) => Expected::Done,
        _ => Expected::Fault("KMSInvalidStateException"),
    };
    let (who, input) = (somebody(history), json!({ "KeyId": key.id }));
    if history.call(who, "kms:CancelKeyDeletion", &input, expected)?.is_some() {
        history.model.keys[number].state = KeyState::Disabled;
    }
    Ok(())
}

pub(crate) fn rotate(history: &mut History) -> Result<(), Wrong> {
    let Some((number, key)) = some_key(history) else { return Ok(()) };
    if key.rotations >= ROTATIONS_MAX {
        return Ok(());
    }
    let (who, expected) = (somebody(history), used(history, &key));
    let input = json!({ "KeyId": key.id });
    if history.call(who, "kms:RotateKeyOnDemand", &input, expected)?.is_some() {
        history.model.keys[number].rotations += 1;
    }
    Ok(())
}

/// Grants the clerk to decrypt, or takes that back.
pub(crate) fn change_grant(history: &mut History) -> Result<(), Wrong> {
    let Some((number, key)) = some_key(history) else { return Ok(()) };
    let Expected::Done = used(history, &key) else { return Ok(()) };
    let who = somebody(history);
    let Some(grant) = key.grant else {
        let input = json!({
            "KeyId": key.id, "GranteePrincipal": CLERK, "Operations": ["Decrypt"],
        });
        let made = history.call(who, "kms:CreateGrant", &input, Expected::Done)?;
        let Some(made) = made else { return Ok(()) };
        let id = made["GrantId"].as_str().unwrap().to_owned();
        history.model.keys[number].grant = Some(id);
        return Ok(());
    };
    let input = json!({ "KeyId": key.id, "GrantId": grant });
    if history.call(who, "kms:RevokeGrant", &input, Expected::Done)?.is_some() {
        history.model.keys[number].grant = None;
    }
    Ok(())
}
