//! `UntagResource`. Source: Organizations API Reference, "UntagResource".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::fault;
use super::state::Organizations;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:UntagResource`.
#[derive(Debug)]
pub struct UntagResource;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The root, unit, account or policy.
    pub resource_id: String,
    /// The keys of the tags.
    pub tag_keys: Vec<String>,
}

impl Operation for UntagResource {
    const NAME: &'static str = "organizations:UntagResource";
    const ASKS: &'static [&'static str] = &["organizations:UntagResource"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = who::ask_on_policy(Self::NAME, &input.resource_id, view)?;
        Ok(vec![ask.untagging(&input.tag_keys)])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Empty, Fault> {
        who::organization(act)?;
        let tags = act.state().edit_tags(&input.resource_id).ok_or_else(fault::no_target)?;
        tags.retain(|key, _| !input.tag_keys.contains(key));
        Ok(Empty {})
    }
}
