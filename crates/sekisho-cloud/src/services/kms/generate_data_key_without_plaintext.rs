//! `GenerateDataKeyWithoutPlaintext`: a new key, only encrypted, for whoever may decrypt it later.
//! Source: KMS API Reference, "GenerateDataKeyWithoutPlaintext".

use sekisho_wire::Blob;
use serde::Serialize;
use zeroize::Zeroizing;

use super::generate_data_key::Input;
use super::state::Kms;
use super::{cipher, crypto, data_key};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:GenerateDataKeyWithoutPlaintext`. Its input is that of `GenerateDataKey`.
#[derive(Debug)]
pub struct GenerateDataKeyWithoutPlaintext;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The data key, encrypted.
    pub ciphertext_blob: Blob,
    /// The ARN of the key that encrypted it.
    pub key_id: String,
    /// The id of the key material that encrypted it.
    pub key_material_id: String,
}

impl Operation for GenerateDataKeyWithoutPlaintext {
    const NAME: &'static str = "kms:GenerateDataKeyWithoutPlaintext";
    const ASKS: &'static [&'static str] = &["kms:GenerateDataKeyWithoutPlaintext"];
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
            key_id: encrypted.key_arn,
            key_material_id: encrypted.material_id,
        })
    }
}
