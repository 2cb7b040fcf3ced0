//! Values as they rest: each version under a data key of its own, which KMS gave to its writer and
//! gives back to its reader. No row holds a value or a data key in the clear.
//! Source: Secrets Manager User Guide, "Secret encryption and decryption in AWS Secrets Manager".

use std::collections::BTreeMap;

use sekisho_wire::Blob;
use zeroize::Zeroizing;

use super::fault;
use super::state::{Secret, SecretsManager, Version};
use crate::act::Act;
use crate::fault::Fault;
use crate::services::kms::{self, inputs};
use crate::vault::{Sealed, Vault};

/// By way of whom KMS is called.
const VIA: &str = "secretsmanager.amazonaws.com";
/// The key of secrets that name none.
const DEFAULT_KEY: &str = "alias/aws/secretsmanager";
/// The version for which a key is tried out.
const TRIAL: &str = "RequestToValidateKeyAccess";

/// A value in the clear.
pub(super) struct Value {
    /// Its bytes.
    bytes: Zeroizing<Vec<u8>>,
    /// Whether it is binary rather than text.
    is_binary: bool,
}

impl Value {
    /// The value of a request, if it has one.
    pub(super) fn of(text: Option<&str>, binary: Option<&Blob>) -> Result<Option<Self>, Fault> {
        Ok(match (text, binary) {
            (Some(_), Some(_)) => {
                return Err(fault::parameter(
                    "You can't specify both a binary secret value and a string secret value in the \
                     same secret.",
                ));
            }
            (Some(text), None) => {
                Some(Self { bytes: Zeroizing::new(text.into()), is_binary: false })
            }
            (None, Some(blob)) => {
                Some(Self { bytes: Zeroizing::new(blob.to_vec()), is_binary: true })
            }
            (None, None) => None,
        })
    }

    /// As `SecretString`.
    pub(super) fn text(&self) -> Option<String> {
        (!self.is_binary).then(|| String::from_utf8_lossy(&self.bytes).into_owned())
    }

    /// As `SecretBinary`.
    pub(super) fn binary(&self) -> Option<Blob> {
        self.is_binary.then(|| self.bytes.to_vec().into())
    }

    /// Whether it is the same as another.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.is_binary == other.is_binary && self.bytes == other.bytes
    }
}

/// Encrypts a value for a new version without labels.
pub(super) fn seal(
    secret: &Secret,
    id: &str,
    value: &Value,
    act: &mut Act<'_, SecretsManager>,
) -> Result<Version, Fault> {
    let made = data_key(secret, id, act)?;
    let vault = Vault::under(&made.plaintext);
    let text = vault.seal(act.dice(), &about(secret, id), &value.bytes);
    Ok(Version {
        id: id.to_owned(),
        created_ms: act.now_ms(),
        key: Sealed::from_bytes(made.ciphertext_blob.to_vec()),
        text: text.ok_or_else(|| Fault::internal(&"the cipher refused"))?,
        is_binary: value.is_binary,
        key_id: secret.key_id.clone(),
        stages: Default::default(),
        accessed_ms: None,
    })
}

/// Decrypts the value of a version as the caller.
pub(super) fn open(
    secret: &Secret,
    version: &Version,
    act: &mut Act<'_, SecretsManager>,
) -> Result<Value, Fault> {
    let key = unwrapped(&version.key, secret, &version.id, act)?;
    let bytes = Vault::under(&key).open(&about(secret, &version.id), &version.text);
    let bytes = bytes.ok_or_else(|| Fault::internal(&"the value cannot be decrypted"))?;
    Ok(Value { bytes, is_binary: version.is_binary })
}

/// Tries out whether the caller may use the key of a secret, as AWS does before it takes one.
pub(super) fn try_key(secret: &Secret, act: &mut Act<'_, SecretsManager>) -> Result<(), Fault> {
    let made = data_key(secret, TRIAL, act)?;
    unwrapped(&Sealed::from_bytes(made.ciphertext_blob.to_vec()), secret, TRIAL, act)?;
    Ok(())
}

/// Encrypts the data key of a version under the secret's new key. Where that is refused the version
/// stays under its old key: AWS says nothing then.
pub(super) fn rewrap(
    secret: &Secret,
    mut version: Version,
    act: &mut Act<'_, SecretsManager>,
) -> Result<Version, Fault> {
    let key = unwrapped(&version.key, secret, &version.id, act)?;
    let input = inputs::Encrypt {
        key_id: key_arn(secret),
        plaintext: key.to_vec().into(),
        encryption_context: context(secret, &version.id),
        ..Default::default()
    };
    let wrapped = act.place::<kms::Encrypt>(VIA, input)?.ciphertext_blob;
    version.key = Sealed::from_bytes(wrapped.to_vec());
    version.key_id.clone_from(&secret.key_id);
    Ok(version)
}

fn data_key(
    secret: &Secret,
    id: &str,
    act: &mut Act<'_, SecretsManager>,
) -> Result<<kms::GenerateDataKey as crate::operation::Operation>::Out, Fault> {
    let input = inputs::GenerateDataKey {
        key_id: key_arn(secret),
        encryption_context: context(secret, id),
        key_spec: Some("AES_256".to_owned()),
        ..Default::default()
    };
    let made = act.place::<kms::GenerateDataKey>(VIA, input);
    made.map_err(|fault| fault::of_kms("EncryptionFailure", fault))
}

fn unwrapped(
    key: &Sealed,
    secret: &Secret,
    id: &str,
    act: &mut Act<'_, SecretsManager>,
) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let input = inputs::Decrypt {
        ciphertext_blob: key.as_bytes().to_vec().into(),
        encryption_context: context(secret, id),
        ..Default::default()
    };
    let opened = act.place::<kms::Decrypt>(VIA, input);
    let opened = opened.map_err(|fault| fault::of_kms("DecryptionFailure", fault))?;
    Ok(Zeroizing::new(opened.plaintext.to_vec()))
}

/// The key of a secret by its ARN: names mean keys of the secret's account, whoever writes to it.
fn key_arn(secret: &Secret) -> String {
    let named = secret.key_id.as_deref().unwrap_or(DEFAULT_KEY);
    let (account, region) = (secret.account, &secret.region);
    match named {
        arn if arn.starts_with("arn:") => arn.to_owned(),
        alias if alias.starts_with("alias/") => format!("arn:aws:kms:{region}:{account}:{alias}"),
        id => format!("arn:aws:kms:{region}:{account}:key/{id}"),
    }
}

fn context(secret: &Secret, id: &str) -> BTreeMap<String, String> {
    [("SecretARN".to_owned(), secret.arn()), ("SecretVersionId".to_owned(), id.to_owned())].into()
}

fn about(secret: &Secret, id: &str) -> String {
    format!("{}|{id}", secret.arn())
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Value")
    }
}
