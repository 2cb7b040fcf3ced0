//! `TagResource`. Source: Organizations API Reference, "TagResource".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::fault;
use super::state::Organizations;
use super::tags;
use super::tags::Tag;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:TagResource`.
#[derive(Debug)]
pub struct TagResource;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The root, unit, account or policy.
    pub resource_id: String,
    /// The tags.
    pub tags: Vec<Tag>,
}

impl Operation for TagResource {
    const NAME: &'static str = "organizations:TagResource";
    const ASKS: &'static [&'static str] = &["organizations:TagResource"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = who::ask_on_policy(Self::NAME, &input.resource_id, view)?;
        Ok(vec![ask.tagging(&tags::map(&input.tags))])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Empty, Fault> {
        who::organization(act)?;
        let known = act.read().tags(&input.resource_id).ok_or_else(fault::no_target)?;
        let all = tags::added(&input.tags, known.clone())?;
        *act.state().edit_tags(&input.resource_id).ok_or_else(fault::no_target)? = all;
        Ok(Empty {})
    }
}
