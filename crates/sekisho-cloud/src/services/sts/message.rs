//! Encoded authorization messages: what a service that refuses a request says about it to those who
//! may know (`DecodeAuthorizationMessage`).
//!
//! Source: STS API Reference, "DecodeAuthorizationMessage", for what a message tells; its form is that
//! of decoded messages that were published. AWS does not say who may decode whose messages: ours
//! open for the account of the refused caller only.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sekisho_iam::AccountId;
use serde::Serialize;

use crate::dice::Dice;
use crate::vault::{Sealed, Vault};

/// The longest encoded message. Source: the model of STS.
const ENCODED_BYTES_MAX: usize = 10_240;

/// What is told about a refused request.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationMessage {
    /// Whether it was allowed.
    pub allowed: bool,
    /// Whether a Deny is the reason.
    pub explicit_deny: bool,
    /// The request.
    pub context: RequestContext,
}

/// The request that was refused.
#[derive(Debug, Clone, Serialize)]
pub struct RequestContext {
    /// Who called.
    pub principal: Refused,
    /// `ec2:RunInstances`.
    pub action: String,
    /// The ARN.
    pub resource: String,
    /// The condition keys.
    pub conditions: Items<ConditionKey>,
}

/// Who was refused.
#[derive(Debug, Clone, Serialize)]
pub struct Refused {
    /// `AIDA…`, `AROA…:session`.
    pub id: String,
    /// The name, of users only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The ARN.
    pub arn: String,
}

/// A list, as these messages write it.
#[derive(Debug, Clone, Serialize)]
pub struct Items<T> {
    /// What is in it.
    pub items: Vec<T>,
}

/// A condition key and what it held.
#[derive(Debug, Clone, Serialize)]
pub struct ConditionKey {
    /// `aws:Region`.
    pub key: String,
    /// Its values.
    pub values: Items<ConditionValue>,
}

/// A value of a condition key.
#[derive(Debug, Clone, Serialize)]
pub struct ConditionValue {
    /// The value.
    pub value: String,
}

impl AuthorizationMessage {
    /// Seals the message for an account; `None` where it is too long to be decoded.
    pub fn encode(&self, account: AccountId, vault: &Vault, dice: &mut Dice) -> Option<String> {
        let text = serde_json::to_vec(self).ok()?;
        let sealed = vault.seal(dice, &account.to_string(), &text)?;
        let encoded = URL_SAFE_NO_PAD.encode(sealed.as_bytes());
        (encoded.len() <= ENCODED_BYTES_MAX).then_some(encoded)
    }
}

/// Opens an encoded message of an account; `None` where it is none.
pub(super) fn decode(encoded: &str, account: AccountId, vault: &Vault) -> Option<String> {
    let sealed = Sealed::from_bytes(URL_SAFE_NO_PAD.decode(encoded).ok()?);
    let text = vault.open(&account.to_string(), &sealed)?;
    String::from_utf8(text.to_vec()).ok()
}
