//! Values as they rest. A `SecureString` is encrypted under a KMS key as its writer, and decrypted as
//! its reader: standard ones by KMS itself, advanced ones under a data key of their own.
//! Source: Systems Manager User Guide, "AWS KMS encryption for AWS Systems Manager Parameter Store
//! SecureString parameters".

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::fault;
use super::state::Ssm;
use crate::act::Act;
use crate::fault::Fault;
use crate::services::kms::{self, inputs};
use crate::vault::{Sealed, Vault};

/// By way of whom KMS is called.
const VIA: &str = "ssm.amazonaws.com";

/// The key of those who name none.
pub(super) const DEFAULT_KEY: &str = "alias/aws/ssm";

/// A value at rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Held {
    /// Of a `String` or `StringList`.
    Plain(String),
    /// A ciphertext of KMS.
    Direct(Sealed),
    /// A ciphertext under a data key.
    Enveloped {
        /// The data key, encrypted by KMS.
        key: Sealed,
        /// The value, encrypted under the data key.
        text: Sealed,
    },
}

impl Held {
    /// What is shown without decryption.
    pub(super) fn undecrypted(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Direct(text) => STANDARD.encode(text.as_bytes()),
            Self::Enveloped { key, text } => {
                STANDARD.encode([key.as_bytes(), text.as_bytes()].concat())
            }
        }
    }
}

/// Encrypts a value of the parameter with this ARN.
pub(super) fn encrypt(
    value: &str,
    key_id: &str,
    arn: &str,
    is_advanced: bool,
    act: &mut Act<'_, Ssm>,
) -> Result<Held, Fault> {
    if is_advanced {
        return enveloped(value, key_id, arn, act);
    }
    let input = inputs::Encrypt {
        key_id: key_id.to_owned(),
        plaintext: value.as_bytes().to_vec().into(),
        encryption_context: context(arn),
        ..Default::default()
    };
    let encrypted = act.place::<kms::Encrypt>(VIA, input).map_err(|fault| fault::of_kms(&fault))?;
    Ok(Held::Direct(Sealed::from_bytes(encrypted.ciphertext_blob.to_vec())))
}

fn enveloped(value: &str, key_id: &str, arn: &str, act: &mut Act<'_, Ssm>) -> Result<Held, Fault> {
    let input = inputs::GenerateDataKey {
        key_id: key_id.to_owned(),
        encryption_context: context(arn),
        key_spec: Some("AES_256".to_owned()),
        ..Default::default()
    };
    let made =
        act.place::<kms::GenerateDataKey>(VIA, input).map_err(|fault| fault::of_kms(&fault))?;
    let vault = Vault::under(&made.plaintext);
    let text = vault.seal(act.dice(), arn, value.as_bytes());
    let text = text.ok_or_else(|| Fault::internal(&"the cipher refused"))?;
    Ok(Held::Enveloped { key: Sealed::from_bytes(made.ciphertext_blob.to_vec()), text })
}

/// What a value of the parameter with this ARN says in the clear.
pub(super) fn decrypt(held: &Held, arn: &str, act: &mut Act<'_, Ssm>) -> Result<String, Fault> {
    let blob = match held {
        Held::Plain(text) => return Ok(text.clone()),
        Held::Direct(blob) | Held::Enveloped { key: blob, .. } => blob,
    };
    let input = inputs::Decrypt {
        ciphertext_blob: blob.as_bytes().to_vec().into(),
        encryption_context: context(arn),
        ..Default::default()
    };
    let opened =
        act.place::<kms::Decrypt>(VIA, input).map_err(|fault| fault::of_kms(&fault))?.plaintext;
    let bytes = match held {
        Held::Enveloped { text, .. } => {
            let text = Vault::under(&opened).open(arn, text);
            text.map(|text| text.to_vec())
        }
        _ => Some(opened.to_vec()),
    };
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.ok_or_else(|| Fault::internal(&"the value cannot be decrypted"))
}

/// The encryption context.
fn context(arn: &str) -> BTreeMap<String, String> {
    [("PARAMETER_ARN".to_owned(), arn.to_owned())].into()
}
