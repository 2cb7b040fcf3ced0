//! `Encrypt`: up to 4,096 bytes under a key. Source: KMS API Reference, "Encrypt".

use sekisho_wire::Blob;
use serde::{Deserialize, Serialize};

use super::context::EncryptionContext;
use super::state::Kms;
use super::{cipher, crypto};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:Encrypt`.
#[derive(Debug)]
pub struct Encrypt;

/// The input.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id, ARN or alias.
    pub key_id: String,
    /// What is to be encrypted.
    pub plaintext: Blob,
    /// The encryption context.
    #[serde(default, skip_serializing_if = "EncryptionContext::is_empty")]
    pub encryption_context: EncryptionContext,
    /// Grant tokens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grant_tokens: Vec<String>,
    /// `SYMMETRIC_DEFAULT`.
    pub encryption_algorithm: Option<String>,
    /// Whether only to try.
    pub dry_run: Option<bool>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// What was encrypted.
    pub ciphertext_blob: Blob,
    /// The ARN of the key.
    pub key_id: String,
    /// `SYMMETRIC_DEFAULT`.
    pub encryption_algorithm: &'static str,
}

impl Operation for Encrypt {
    const NAME: &'static str = "kms:Encrypt";
    const ASKS: &'static [&'static str] = &["kms:Encrypt"];
    const EFFECT: Effect = Effect::Read;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![crypto::ask(Self::NAME, &input.key_id, &input.encryption_context, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = crypto::take(&input.key_id, &input.grant_tokens, act)?;
        crypto::algorithm(input.encryption_algorithm.as_deref())?;
        crypto::unless_dry_run(input.dry_run)?;
        let context = &input.encryption_context;
        let encrypted = cipher::encrypt(act, &row, context, &input.plaintext)?;
        Ok(Output {
            ciphertext_blob: encrypted.blob.into(),
            key_id: encrypted.key_arn,
            encryption_algorithm: crypto::ALGORITHM,
        })
    }
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}
