//! `UntagResource`: takes tags of a key away. Source: KMS API Reference, "UntagResource".

use serde::{Deserialize, Serialize};

use super::admin;
use super::state::Kms;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:UntagResource`.
#[derive(Debug)]
pub struct UntagResource;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id or ARN.
    pub key_id: String,
    /// The keys of the tags.
    pub tag_keys: Vec<String>,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for UntagResource {
    const NAME: &'static str = "kms:UntagResource";
    const ASKS: &'static [&'static str] = &["kms:UntagResource"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = admin::ask(Self::NAME, &input.key_id, view)?;
        Ok(vec![ask.untagging(&input.tag_keys)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = admin::take_not_pending(&input.key_id, act)?;
        if let Some(key) = act.state().keys.edit(&row) {
            key.tags.retain(|tag, _| !input.tag_keys.contains(tag));
        }
        Ok(Output {})
    }
}
