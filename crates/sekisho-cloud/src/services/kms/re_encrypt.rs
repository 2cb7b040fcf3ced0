//! `ReEncrypt`: from under one key to under another, without the plaintext leaving KMS. Two questions,
//! maybe to two accounts. Source: KMS API Reference, "ReEncrypt".

use sekisho_wire::Blob;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::context::EncryptionContext;
use super::find::{self, Takes};
use super::state::Kms;
use super::{cipher, crypto, source};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:ReEncrypt`.
#[derive(Debug)]
pub struct ReEncrypt;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// What is under the one key.
    #[serde(default)]
    pub ciphertext_blob: Blob,
    /// The encryption context that it has.
    #[serde(default, skip_serializing_if = "EncryptionContext::is_empty")]
    pub source_encryption_context: EncryptionContext,
    /// The one key, as it is expected.
    pub source_key_id: Option<String>,
    /// The other key, by id, ARN or alias.
    pub destination_key_id: String,
    /// The encryption context that it is to have.
    #[serde(default, skip_serializing_if = "EncryptionContext::is_empty")]
    pub destination_encryption_context: EncryptionContext,
    /// `SYMMETRIC_DEFAULT`.
    pub source_encryption_algorithm: Option<String>,
    /// `SYMMETRIC_DEFAULT`.
    pub destination_encryption_algorithm: Option<String>,
    /// Grant tokens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grant_tokens: Vec<String>,
    /// Whether only to try.
    pub dry_run: Option<bool>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The new ciphertext.
    pub ciphertext_blob: Blob,
    /// The ARN of the one key.
    pub source_key_id: String,
    /// The ARN of the other key.
    pub key_id: String,
    /// `SYMMETRIC_DEFAULT`.
    pub source_encryption_algorithm: &'static str,
    /// `SYMMETRIC_DEFAULT`.
    pub destination_encryption_algorithm: &'static str,
    /// The id of the one key's material.
    pub source_key_material_id: String,
    /// The id of the other key's material.
    pub destination_key_material_id: String,
}

impl Operation for ReEncrypt {
    const NAME: &'static str = "kms:ReEncrypt";
    const ASKS: &'static [&'static str] = &["kms:ReEncryptFrom", "kms:ReEncryptTo"];
    const EFFECT: Effect = Effect::Read;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let (blob, source_context) = (&input.ciphertext_blob, &input.source_encryption_context);
        let source_id = input.source_key_id.as_deref();
        let (from, from_arn) =
            source::ask("kms:ReEncryptFrom", blob, source_id, source_context, view)?;
        let (key_id, context) = (&input.destination_key_id, &input.destination_encryption_context);
        let to = crypto::ask("kms:ReEncryptTo", key_id, context, view)?;
        let to_arn = find::target(key_id, Takes::KeyOrAlias, view)?.arn();
        let same = (from_arn == to_arn).to_string();
        let asks = [from, to].into_iter();
        Ok(asks.map(|ask| ask.with("kms:ReEncryptOnSameKey", same.as_str())).collect())
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let envelope = source::envelope(&input.ciphertext_blob)?;
        let tokens = &input.grant_tokens;
        let from = source::take(&envelope, input.source_key_id.as_deref(), tokens, act)?;
        let to = crypto::take(&input.destination_key_id, tokens, act)?;
        crypto::algorithm(input.source_encryption_algorithm.as_deref())?;
        crypto::algorithm(input.destination_encryption_algorithm.as_deref())?;
        let opened = cipher::decrypt(act, &from, &input.source_encryption_context, &envelope)?;
        crypto::unless_dry_run(input.dry_run)?;
        let plaintext = Zeroizing::new(opened.plaintext);
        let context = &input.destination_encryption_context;
        let sealed = cipher::encrypt(act, &to, context, &plaintext)?;
        Ok(Output {
            ciphertext_blob: sealed.blob.into(),
            source_key_id: opened.key_arn,
            key_id: sealed.key_arn,
            source_encryption_algorithm: crypto::ALGORITHM,
            destination_encryption_algorithm: crypto::ALGORITHM,
            source_key_material_id: opened.material_id,
            destination_key_material_id: sealed.material_id,
        })
    }
}
