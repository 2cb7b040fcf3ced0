//! `DescribeKey`. Of an AWS managed key that is not yet made, it makes it. Source: KMS API Reference,
//! "DescribeKey".

use serde::{Deserialize, Serialize};

use super::find::{self, Takes};
use super::metadata::KeyMetadata;
use super::state::Kms;
use super::{fault, tokens};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:DescribeKey`.
#[derive(Debug)]
pub struct DescribeKey;

/// The input.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id, ARN or alias.
    pub key_id: String,
    /// Grant tokens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grant_tokens: Vec<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The key.
    pub key_metadata: KeyMetadata,
}

impl Operation for DescribeKey {
    const NAME: &'static str = "kms:DescribeKey";
    const ASKS: &'static [&'static str] = &["kms:DescribeKey"];
    const EFFECT: Effect = Effect::Read;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let target = find::target(&input.key_id, Takes::KeyOrAlias, view)?;
        Ok(vec![find::ask(Self::NAME, &target, view)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        tokens::check(&input.grant_tokens)?;
        let row = find::take(&input.key_id, Takes::KeyOrAlias, act)?;
        let key = act.read().keys.get(&row).ok_or_else(|| fault::no_key(&row))?;
        Ok(Output { key_metadata: KeyMetadata::of(key) })
    }
}
