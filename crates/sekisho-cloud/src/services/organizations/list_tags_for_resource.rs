//! `ListTagsForResource`. Source: Organizations API Reference, "ListTagsForResource".

use serde::{Deserialize, Serialize};

use super::fault;
use super::page::page;
use super::state::Organizations;
use super::tags;
use super::tags::Tag;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:ListTagsForResource`.
#[derive(Debug)]
pub struct ListTagsForResource;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The root, unit, account or policy.
    pub resource_id: String,
    /// Where the page begins.
    pub next_token: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    tags: Vec<Tag>,
    next_token: Option<String>,
}

impl Operation for ListTagsForResource {
    const NAME: &'static str = "organizations:ListTagsForResource";
    const ASKS: &'static [&'static str] = &["organizations:ListTagsForResource"];
    const EFFECT: Effect = Effect::Read;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_on_policy(Self::NAME, &input.resource_id, view)?])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        who::organization(act)?;
        let tags = act.read().tags(&input.resource_id).ok_or_else(fault::no_target)?;
        let tags = tags::list(tags).into_iter().map(|tag| (tag.key.clone(), tag));
        let (tags, next_token) = page(tags, input.next_token.as_deref(), None)?;
        Ok(Output { tags, next_token })
    }
}
