//! AES-256-GCM under a key of KMS.
//!
//! Every message has a key of its own, derived from the key material and 32 random bytes, so that one
//! key of KMS can encrypt without a bound: that two messages share both salt and nonce does not happen.
//! Source for the idea: "Key derivation in AWS KMS", AWS KMS Cryptographic Details (whitepaper).

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use sekisho_iam::AccountId;
use zeroize::Zeroizing;

use super::context::{EncryptionContext, canonical};
use super::envelope::{self, Envelope, NONCE_BYTES, SALT_BYTES};
use super::fault;
use super::state::{Key, Kms, Material, MaterialOrigin, row};
use crate::act::Act;
use crate::fault::Fault;
use crate::vault::{Vault, VaultOf};

/// The length of key material.
const MATERIAL_BYTES: usize = 32;
/// The number of hexadecimal digits in the id of key material.
const MATERIAL_ID_DIGITS: usize = 64;
/// What the derived keys are for; it would change with the layout.
const PURPOSE: &[u8] = b"sekisho kms message v1";

/// New key material for a key.
pub(super) fn new_material(
    row: &str,
    since_ms: i64,
    origin: MaterialOrigin,
    act: &mut Act<'_, Kms>,
) -> Result<Material, Fault> {
    let id = act.dice().hex(MATERIAL_ID_DIGITS);
    let bytes = Zeroizing::new(act.dice().bytes::<MATERIAL_BYTES>());
    let (vault, dice) = act.vault(VaultOf::KeyMaterial);
    let sealed = vault.seal(dice, &about(row, &id), &*bytes).ok_or_else(refused)?;
    Ok(Material { id, sealed, since_ms, origin })
}

/// A ciphertext blob, and the id of the key material that it is under.
pub(super) struct Encrypted {
    pub(super) blob: Vec<u8>,
    pub(super) material_id: String,
    pub(super) key_arn: String,
}

/// Encrypts under the current material of the key in this row.
pub(super) fn encrypt(
    act: &mut Act<'_, Kms>,
    row: &str,
    context: &EncryptionContext,
    plaintext: &[u8],
) -> Result<Encrypted, Fault> {
    let dice = act.dice();
    let (salt, nonce) = (dice.bytes(), dice.bytes());
    let key = act.read().keys.get(row).and_then(|key| Under::of(key, None)).ok_or_else(refused)?;
    let (vault, _) = act.vault(VaultOf::KeyMaterial);
    let blob = key.seal(vault, (&salt, &nonce), context, plaintext).ok_or_else(refused)?;
    Ok(Encrypted { blob, material_id: key.material.id, key_arn: key.arn })
}

/// What was in a ciphertext blob, and the key material that it was under.
pub(super) struct Decrypted {
    pub(super) plaintext: Vec<u8>,
    pub(super) material_id: String,
    pub(super) key_arn: String,
}

/// Decrypts a blob under the key in this row.
pub(super) fn decrypt(
    act: &mut Act<'_, Kms>,
    row: &str,
    context: &EncryptionContext,
    envelope: &Envelope<'_>,
) -> Result<Decrypted, Fault> {
    let key = act.read().keys.get(row).and_then(|key| Under::of(key, Some(envelope.material)));
    let key = key.ok_or_else(fault::invalid_ciphertext)?;
    let (vault, _) = act.vault(VaultOf::KeyMaterial);
    let plaintext = key.open(vault, context, envelope).ok_or_else(fault::invalid_ciphertext)?;
    Ok(Decrypted { plaintext, material_id: key.material.id, key_arn: key.arn })
}

/// One of a key's materials, with what is needed to use it.
struct Under {
    account: AccountId,
    region: String,
    id: String,
    arn: String,
    number: u32,
    material: Material,
}

impl Under {
    /// The material with this number, otherwise the current one.
    fn of(key: &Key, number: Option<u32>) -> Option<Self> {
        let (number, material) = match number {
            Some(number) => (number, key.materials.get(usize::try_from(number).ok()?)?),
            None => key.current()?,
        };
        Some(Self {
            account: key.account,
            region: key.region.clone(),
            id: key.id.clone(),
            arn: key.arn(),
            number,
            material: material.clone(),
        })
    }

    fn seal(
        &self,
        vault: &Vault,
        (salt, nonce): (&[u8; SALT_BYTES], &[u8; NONCE_BYTES]),
        context: &EncryptionContext,
        plaintext: &[u8],
    ) -> Option<Vec<u8>> {
        let Self { account, region, id, number, .. } = self;
        let mut blob = envelope::head(*account, region, id, *number, salt, nonce)?;
        let aad = associated(&blob, context);
        let mut text = plaintext.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let key = self.message_key(vault, salt)?;
        key.seal_in_place_append_tag(nonce, Aad::from(aad), &mut text).ok()?;
        blob.append(&mut text);
        Some(blob)
    }

    fn open(
        &self,
        vault: &Vault,
        context: &EncryptionContext,
        envelope: &Envelope<'_>,
    ) -> Option<Vec<u8>> {
        let aad = associated(envelope.head, context);
        let mut text = envelope.sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*envelope.nonce);
        let key = self.message_key(vault, envelope.salt)?;
        let length = key.open_in_place(nonce, Aad::from(aad), &mut text).ok()?.len();
        text.truncate(length);
        Some(text)
    }

    /// The key of one message.
    fn message_key(&self, vault: &Vault, salt: &[u8; SALT_BYTES]) -> Option<LessSafeKey> {
        let about = about(&row(self.account, &self.region, &self.id), &self.material.id);
        let bytes = vault.open(&about, &self.material.sealed)?;
        let derived = Salt::new(HKDF_SHA256, salt).extract(&bytes);
        let derived = derived.expand(&[PURPOSE], &AES_256_GCM).ok()?;
        Some(LessSafeKey::new(UnboundKey::from(derived)))
    }
}

fn associated(head: &[u8], context: &EncryptionContext) -> Vec<u8> {
    let mut aad = head.to_vec();
    canonical(context, &mut aad);
    aad
}

/// What sealed material is about: that of one key cannot be put in the place of another's.
fn about(row: &str, id: &str) -> String {
    format!("{row}/{id}")
}

fn refused() -> Fault {
    Fault::internal(&"the cipher refused")
}
