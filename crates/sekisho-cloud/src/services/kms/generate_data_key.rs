//! `GenerateDataKey`: a new key, in the clear and encrypted. Source: KMS API Reference,
//! "GenerateDataKey".

use sekisho_wire::Blob;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::context::EncryptionContext;
use super::state::Kms;
use super::{cipher, crypto, data_key};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:GenerateDataKey`.
#[derive(Debug)]
pub struct GenerateDataKey;

/// The input.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id, ARN or alias.
    pub key_id: String,
    /// The encryption context.
    #[serde(default, skip_serializing_if = "EncryptionContext::is_empty")]
    pub encryption_context: EncryptionContext,
    /// The length of the data key; this or the next.
    pub number_of_bytes: Option<u32>,
    /// `AES_128` or `AES_256`.
    pub key_spec: Option<String>,
    /// Grant tokens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grant_tokens: Vec<String>,
    /// Whether only to try.
    pub dry_run: Option<bool>,
}

/// The output.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The data key, encrypted.
    pub ciphertext_blob: Blob,
    /// The data key.
    pub plaintext: Blob,
    /// The ARN of the key that encrypted it.
    pub key_id: String,
    /// The id of the key material that encrypted it.
    pub key_material_id: String,
}

impl Operation for GenerateDataKey {
    const NAME: &'static str = "kms:GenerateDataKey";
    const ASKS: &'static [&'static str] = &["kms:GenerateDataKey"];
    const EFFECT: Effect = Effect::Read;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        data_key::length(input.key_spec.as_deref(), input.number_of_bytes)?;
        Ok(vec![crypto::ask(Self::NAME, &input.key_id, &input.encryption_context, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = crypto::take(&input.key_id, &input.grant_tokens, act)?;
        crypto::unless_dry_run(input.dry_run)?;
        let length = data_key::length(input.key_spec.as_deref(), input.number_of_bytes)?;
        let mut key = Zeroizing::new(vec![0; length]);
        act.dice().fill(&mut key);
        let encrypted = cipher::encrypt(act, &row, &input.encryption_context, &key)?;
        Ok(Output {
            ciphertext_blob: encrypted.blob.into(),
            plaintext: key.to_vec().into(),
            key_id: encrypted.key_arn,
            key_material_id: encrypted.material_id,
        })
    }
}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Output").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}
