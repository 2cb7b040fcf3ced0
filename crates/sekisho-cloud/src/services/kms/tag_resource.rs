//! `TagResource`: adds tags to a key. Source: KMS API Reference, "TagResource".

use serde::{Deserialize, Serialize};

use super::state::Kms;
use super::tags::{self, Tag};
use super::{admin, find};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:TagResource`.
#[derive(Debug)]
pub struct TagResource;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id or ARN.
    pub key_id: String,
    /// The tags.
    pub tags: Vec<Tag>,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for TagResource {
    const NAME: &'static str = "kms:TagResource";
    const ASKS: &'static [&'static str] = &["kms:TagResource"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = admin::ask(Self::NAME, &input.key_id, view)?;
        Ok(vec![ask.tagging(&tags::map(&input.tags))])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = admin::take_not_pending(&input.key_id, act)?;
        let tags = tags::added(&find::key(&row, act)?.tags, &input.tags)?;
        if let Some(key) = act.state().keys.edit(&row) {
            key.tags = tags;
        }
        Ok(Output {})
    }
}
