//! `GenerateRandom`. Source: KMS API Reference, "GenerateRandom".

use sekisho_wire::Blob;
use serde::{Deserialize, Serialize};

use super::fault;
use super::state::Kms;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:GenerateRandom`.
#[derive(Debug)]
pub struct GenerateRandom;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// How many bytes; the model bounds them.
    pub number_of_bytes: Option<u32>,
}

/// The output.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The bytes.
    pub plaintext: Blob,
}

impl Operation for GenerateRandom {
    const NAME: &'static str = "kms:GenerateRandom";
    const ASKS: &'static [&'static str] = &["kms:GenerateRandom"];
    const EFFECT: Effect = Effect::Read;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, _: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to(Self::NAME)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let length = input.number_of_bytes.and_then(|length| usize::try_from(length).ok());
        let length = length.ok_or_else(|| fault::validation("NumberOfBytes is required."))?;
        let mut bytes = vec![0; length];
        act.dice().fill(&mut bytes);
        Ok(Output { plaintext: bytes.into() })
    }
}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Output").field("bytes", &self.plaintext.len()).finish_non_exhaustive()
    }
}
