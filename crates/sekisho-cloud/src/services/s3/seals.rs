//! Server-side encryption: every body has a key of its own, which rests sealed under the envelope of
//! the object: under a key of the engine (SSE-S3), or under a data key of KMS (SSE-KMS).
//!
//! Sources: S3 User Guide, "Using server-side encryption with AWS KMS keys (SSE-KMS)" (encryption
//! context: the object's ARN, or the bucket's with an S3 Bucket Key) and "Required permissions for
//! Amazon S3 API operations". KMS is asked as the caller, by way of S3.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::fault;
use super::state::{Bucket, BucketEncryption, Envelope, Piece, S3};
use crate::act::Act;
use crate::body::DataKey;
use crate::fault::Fault;
use crate::services::kms;
use crate::vault::{Sealed, Vault, VaultOf};
use crate::writes::BodyId;

/// S3 as other services see it.
pub(super) const S3_SERVICE: &str = "s3.amazonaws.com";

/// The AWS managed key of S3: what `aws:kms` means without a key.
const MANAGED_KEY: &str = "alias/aws/s3";

/// What a request says of encryption.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wish<'a> {
    /// `AES256` or `aws:kms`.
    pub(super) sse: Option<&'a str>,
    /// The KMS key.
    pub(super) key: Option<&'a str>,
    /// Whether to use an S3 Bucket Key.
    pub(super) bucket_key: Option<bool>,
}

/// An envelope that is open: body keys can be sealed and opened under it.
pub(super) enum Opened {
    /// The engine's own.
    Ours,
    /// Under a data key.
    DataKey(Vault),
}

/// A body's key as it waits for the body.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) envelope: Envelope,
    pub(super) key: Sealed,
    /// What the body is a copy of.
    pub(super) origin: Option<Origin>,
}

/// The version that a body is a copy of.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Origin {
    /// Its id in the order of versions.
    pub(super) id: String,
    /// Its id as replies carry it.
    pub(super) shown: Option<String>,
}

impl Wish<'_> {
    /// The encryption of an object, in a bucket with this default.
    ///
    /// # Errors
    /// When the request contradicts itself, or wants what is not served.
    pub(super) fn settled(&self, default: &BucketEncryption) -> Result<BucketEncryption, Fault> {
        if self.key.is_some() && self.sse != Some("aws:kms") {
            let text = "Server Side Encryption with AWS KMS managed key requires HTTP header \
                        x-amz-server-side-encryption : aws:kms";
            let name = "x-amz-server-side-encryption";
            return Err(fault::invalid_argument(name, self.sse.unwrap_or_default(), text));
        }
        let (BucketEncryption::Aes256 { bucket_key } | BucketEncryption::Kms { bucket_key, .. }) =
            default;
        let bucket_key = self.bucket_key.unwrap_or(*bucket_key);
        match self.sse {
            Some("AES256") => Ok(BucketEncryption::Aes256 { bucket_key }),
            Some("aws:kms") => {
                Ok(BucketEncryption::Kms { key: self.key.map(str::to_owned), bucket_key })
            }
            Some(known @ ("aws:kms:dsse" | "aws:fsx")) => Err(Fault::not_served(&format!(
                "the server-side encryption `{known}` is not served; `AES256` and `aws:kms` are"
            ))),
            Some(other) => Err(fault::invalid_argument(
                "x-amz-server-side-encryption",
                other,
                "The encryption method specified is not supported",
            )),
            None => Ok(match default {
                BucketEncryption::Kms { key, .. } => {
                    BucketEncryption::Kms { key: key.clone(), bucket_key }
                }
                BucketEncryption::Aes256 { .. } => BucketEncryption::Aes256 { bucket_key },
            }),
        }
    }
}

/// Makes the envelope of a new object.
///
/// # Errors
/// When the request contradicts itself, or KMS refuses.
pub(super) fn make(
    bucket: &Bucket,
    key: &str,
    wish: Wish<'_>,
    act: &mut Act<'_, S3>,
) -> Result<(Envelope, Opened), Fault> {
    let (kms_key, bucket_key) = match wish.settled(&bucket.encryption)? {
        BucketEncryption::Aes256 { .. } => return Ok((Envelope::Ours, Opened::Ours)),
        BucketEncryption::Kms { key, bucket_key } => (key, bucket_key),
    };
    signed(act)?;
    let input = kms::inputs::GenerateDataKey {
        key_id: kms_key.unwrap_or_else(|| MANAGED_KEY.to_owned()),
        encryption_context: context(bucket, key, bucket_key),
        key_spec: Some("AES_256".to_owned()),
        ..Default::default()
    };
    let made = act.place::<kms::GenerateDataKey>(S3_SERVICE, input).map_err(of_kms)?;
    let opened = Opened::DataKey(Vault::under(&made.plaintext));
    let data_key = Sealed::from_bytes(made.ciphertext_blob.to_vec());
    Ok((Envelope::Kms { key: made.key_id, data_key, bucket_key }, opened))
}

/// Opens the envelope of an object.
///
/// # Errors
/// When KMS refuses.
pub(super) fn open(
    bucket: &Bucket,
    key: &str,
    envelope: &Envelope,
    act: &mut Act<'_, S3>,
) -> Result<Opened, Fault> {
    let Envelope::Kms { key: kms_key, data_key, bucket_key } = envelope else {
        return Ok(Opened::Ours);
    };
    signed(act)?;
    let input = kms::inputs::Decrypt {
        ciphertext_blob: data_key.as_bytes().to_vec().into(),
        encryption_context: context(bucket, key, *bucket_key),
        key_id: Some(kms_key.clone()),
        ..Default::default()
    };
    let decrypted = act.place::<kms::Decrypt>(S3_SERVICE, input).map_err(of_kms)?;
    Ok(Opened::DataKey(Vault::under(&decrypted.plaintext)))
}

impl Opened {
    /// Seals the key of a body for an object.
    ///
    /// # Errors
    /// Only where the cipher refuses.
    pub(super) fn seal(
        &self,
        about: &str,
        body: BodyId,
        key: &DataKey,
        act: &mut Act<'_, S3>,
    ) -> Result<Sealed, Fault> {
        let about = bound(about, body);
        let sealed = match self {
            Self::DataKey(vault) => vault.seal(act.dice(), &about, key.bytes()),
            Self::Ours => {
                let (vault, dice) = act.vault(VaultOf::Bodies);
                vault.seal(dice, &about, key.bytes())
            }
        };
        sealed.ok_or_else(|| Fault::internal(&"the key of a body cannot be sealed"))
    }

    /// Opens the key of a body of an object.
    ///
    /// # Errors
    /// When it was sealed for another object, or tampered with.
    pub(super) fn open(
        &self,
        about: &str,
        piece: &Piece,
        act: &mut Act<'_, S3>,
    ) -> Result<DataKey, Fault> {
        let about = bound(about, piece.body);
        let bytes = match self {
            Self::DataKey(vault) => vault.open(&about, &piece.key),
            Self::Ours => act.vault(VaultOf::Bodies).0.open(&about, &piece.key),
        };
        let bytes = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok());
        let bytes = bytes.ok_or_else(|| Fault::internal(&"the key of a body cannot be opened"))?;
        Ok(DataKey::new(Zeroizing::new(bytes)))
    }
}

/// Binds the key of a body to its object and its body.
fn bound(object: &str, body: BodyId) -> String {
    format!("{object} {}", hex::encode(body.0))
}

fn context(
    bucket: &Bucket,
    key: &str,
    bucket_key: bool,
) -> std::collections::BTreeMap<String, String> {
    let arn = if bucket_key { bucket.arn() } else { bucket.object_arn(key) };
    [("aws:s3:arn".to_owned(), arn)].into()
}

/// KMS takes no anonymous callers.
fn signed(act: &Act<'_, S3>) -> Result<(), Fault> {
    if act.principal().account().is_some() {
        return Ok(());
    }
    let text = "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS \
                Signature Version 4.";
    Err(fault::invalid_argument("Authorization", "null", text))
}

/// How S3 names the faults of KMS.
const CODES: [(&str, &str); 6] = [
    ("DisabledException", "KMS.DisabledException"),
    ("InvalidCiphertextException", "KMS.InvalidCiphertextException"),
    ("InvalidKeyUsageException", "KMS.InvalidKeyUsageException"),
    ("KMSInvalidStateException", "KMS.KMSInvalidStateException"),
    ("NotFoundException", "KMS.NotFoundException"),
    ("ValidationException", "KMS.ValidationException"),
];

/// A fault of KMS as S3 passes it on: a denial with the text of KMS.
fn of_kms(fault: Fault) -> Fault {
    if fault.denial {
        return Fault { code: "AccessDenied", status: Some(403), ..fault };
    }
    let code = CODES.iter().find(|(code, _)| *code == fault.code);
    match code {
        Some((_, code)) => Fault { code, status: Some(400), ..fault },
        None => fault,
    }
}

impl Envelope {
    /// `AES256` or `aws:kms`.
    pub(super) fn sse(&self) -> &'static str {
        match self {
            Self::Ours => "AES256",
            Self::Kms { .. } => "aws:kms",
        }
    }

    /// The ARN of the KMS key.
    pub(super) fn kms_key(&self) -> Option<String> {
        match self {
            Self::Ours => None,
            Self::Kms { key, .. } => Some(key.clone()),
        }
    }

    /// Whether an S3 Bucket Key was used; said only where it was.
    pub(super) fn bucket_key(&self) -> Option<bool> {
        match self {
            Self::Kms { bucket_key: true, .. } => Some(true),
            _ => None,
        }
    }
}
