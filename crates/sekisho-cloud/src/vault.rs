//! The root key, and what is sealed under it: key material, secret access keys, session tokens.
//!
//! The shell keeps the root key in a file that only its owner can read. From it comes one key for
//! each use, so that what is sealed for one use cannot be opened as another.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hmac;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::dice::Dice;

/// The key under which everything secret rests.
pub struct RootKey(Zeroizing<[u8; 32]>);

impl RootKey {
    /// Takes the root key from the shell.
    pub fn new(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    /// The vault for one use.
    pub fn vault(&self, of: VaultOf) -> Vault {
        let purpose = of.name();
        let key = hmac::Key::new(hmac::HMAC_SHA256, &*self.0);
        let derived = hmac::sign(&key, purpose.as_bytes());
        Vault { key: aead_key(derived.as_ref()) }
    }
}

impl std::fmt::Debug for RootKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RootKey")
    }
}

/// What a vault is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VaultOf {
    /// Secret access keys of users.
    AccessKeys,
    /// Session tokens.
    Sessions,
    /// Key material of KMS.
    KeyMaterial,
    /// Keys of bodies that are sealed without KMS (SSE-S3).
    Bodies,
    /// Encoded authorization messages.
    Messages,
}

impl VaultOf {
    /// All uses, in the order of their declaration.
    pub const ALL: [Self; 5] =
        [Self::AccessKeys, Self::Sessions, Self::KeyMaterial, Self::Bodies, Self::Messages];

    /// The name from which its key is derived; changing one loses what is sealed.
    fn name(self) -> &'static str {
        match self {
            Self::AccessKeys => "access keys",
            Self::Sessions => "sessions",
            Self::KeyMaterial => "key material",
            Self::Bodies => "bodies",
            Self::Messages => "messages",
        }
    }
}

/// Seals and opens small secrets of one use, or under one data key.
pub struct Vault {
    key: Option<LessSafeKey>,
}

/// A sealed secret: nonce and AES-256-GCM ciphertext.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed(#[serde(with = "base64_text")] Vec<u8>);

/// The length of the nonce in front of a ciphertext.
const NONCE_BYTES: usize = 12;

impl Vault {
    /// The vault of a data key that KMS gave; one that is not of 32 bytes seals and opens nothing.
    pub fn under(data_key: &[u8]) -> Self {
        Self { key: aead_key(data_key) }
    }

    /// Seals a secret. `about` says what it is of; it must be the same when it is opened. `None`
    /// only where the cipher refuses, which it does for no length that fits into memory.
    pub fn seal(&self, dice: &mut Dice, about: &str, secret: &[u8]) -> Option<Sealed> {
        let nonce: [u8; NONCE_BYTES] = dice.bytes();
        let mut text = secret.to_vec();
        let key = self.key.as_ref()?;
        let nonce_used = Nonce::assume_unique_for_key(nonce);
        key.seal_in_place_append_tag(nonce_used, Aad::from(about.as_bytes()), &mut text).ok()?;
        Some(Sealed([&nonce[..], &text].concat()))
    }

    /// Opens a secret; `None` where it was sealed under another key, for another use, about
    /// something else, or was tampered with.
    pub fn open(&self, about: &str, sealed: &Sealed) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, text) = sealed.0.split_at_checked(NONCE_BYTES)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut text = Zeroizing::new(text.to_vec());
        let key = self.key.as_ref()?;
        let plain = key.open_in_place(nonce, Aad::from(about.as_bytes()), &mut text).ok()?.len();
        text.truncate(plain);
        Some(text)
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

impl Sealed {
    /// Its bytes, for a place that is not a row.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Takes bytes for a sealed secret; whether they are one shows when they are opened.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

fn aead_key(bytes: &[u8]) -> Option<LessSafeKey> {
    Some(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, bytes).ok()?))
}

/// Bytes as base64 in rows.
mod base64_text {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        STANDARD.decode(String::deserialize(from)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_only_for_its_use_and_its_subject() {
        let root = RootKey::new(Zeroizing::new([9; 32]));
        let (keys, tokens) = (root.vault(VaultOf::AccessKeys), root.vault(VaultOf::Sessions));
        let sealed = keys.seal(&mut Dice::new(&[1; 32]), "AKIA1", b"secret").unwrap();
        assert_eq!(keys.open("AKIA1", &sealed).unwrap().as_slice(), b"secret");
        assert!(keys.open("AKIA2", &sealed).is_none());
        assert!(tokens.open("AKIA1", &sealed).is_none());
    }

    #[test]
    fn every_flipped_bit_is_found() {
        let vault = RootKey::new(Zeroizing::new([9; 32])).vault(VaultOf::Bodies);
        let sealed = vault.seal(&mut Dice::new(&[1; 32]), "a", b"secret").unwrap();
        for bit in 0..sealed.0.len() * 8 {
            let mut bytes = sealed.0.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(vault.open("a", &Sealed(bytes)).is_none(), "bit {bit}");
        }
        assert!(vault.open("a", &Sealed(vec![0; 5])).is_none());
    }
}
