//! `Decrypt`: the ciphertext names the key; the caller cannot choose a friendlier one.
//! Source: KMS API Reference, "Decrypt".

use sekisho_wire::Blob;
use serde::{Deserialize, Serialize};

use super::context::EncryptionContext;
use super::state::Kms;
use super::{cipher, crypto, source};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:Decrypt`.
#[derive(Debug)]
pub struct Decrypt;

/// The input.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// What is to be decrypted.
    #[serde(default)]
    pub ciphertext_blob: Blob,
    /// The encryption context with which it was encrypted.
    #[serde(default, skip_serializing_if = "EncryptionContext::is_empty")]
    pub encryption_context: EncryptionContext,
    /// Grant tokens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grant_tokens: Vec<String>,
    /// The key that is expected.
    pub key_id: Option<String>,
    /// `SYMMETRIC_DEFAULT`.
    pub encryption_algorithm: Option<String>,
    /// Whether only to try.
    pub dry_run: Option<bool>,
}

/// The output.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The ARN of the key.
    pub key_id: String,
    /// What was in it.
    pub plaintext: Blob,
    /// `SYMMETRIC_DEFAULT`.
    pub encryption_algorithm: &'static str,
    /// The id of the key material.
    pub key_material_id: String,
}

impl Operation for Decrypt {
    const NAME: &'static str = "kms:Decrypt";
    const ASKS: &'static [&'static str] = &["kms:Decrypt"];
    const EFFECT: Effect = Effect::Read;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let (blob, context) = (&input.ciphertext_blob, &input.encryption_context);
        let (ask, _) = source::ask(Self::NAME, blob, input.key_id.as_deref(), context, view)?;
        Ok(vec![ask])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let envelope = source::envelope(&input.ciphertext_blob)?;
        let row = source::take(&envelope, input.key_id.as_deref(), &input.grant_tokens, act)?;
        crypto::algorithm(input.encryption_algorithm.as_deref())?;
        let decrypted = cipher::decrypt(act, &row, &input.encryption_context, &envelope)?;
        crypto::unless_dry_run(input.dry_run)?;
        Ok(Output {
            key_id: decrypted.key_arn,
            plaintext: decrypted.plaintext.into(),
            encryption_algorithm: crypto::ALGORITHM,
            key_material_id: decrypted.material_id,
        })
    }
}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Output").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}
