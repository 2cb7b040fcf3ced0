//! `ListParents`: there is one. Source: Organizations API Reference, "ListParents".

use serde::{Deserialize, Serialize};

use super::fault;
use super::page::page;
use super::state::Organizations;
use super::views::Place;
use super::views::kind_of;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:ListParents`.
#[derive(Debug)]
pub struct ListParents;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The account or unit.
    pub child_id: String,
    /// Where the page begins.
    pub next_token: Option<String>,
    /// How many items it has at most.
    pub max_results: Option<usize>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    parents: Vec<Place>,
    next_token: Option<String>,
}

impl Operation for ListParents {
    const NAME: &'static str = "organizations:ListParents";
    const ASKS: &'static [&'static str] = &["organizations:ListParents"];
    const EFFECT: Effect = Effect::Read;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_on(Self::NAME, &input.child_id, view)?])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        who::organization(act)?;
        let state = act.read();
        let unit = state.units.get(&input.child_id).and_then(|unit| unit.parent.as_ref());
        let parent =
            unit.or_else(|| state.members.get(&input.child_id).map(|member| &member.parent));
        let text = "You specified a child that doesn't exist.";
        let parent = parent.and_then(|id| state.units.get(id));
        let parent = parent.ok_or_else(|| fault::new("ChildNotFoundException", text))?;
        let place = Place { id: parent.id.clone(), r#type: kind_of(parent) };
        let (parents, next_token) = page(
            std::iter::once((parent.id.clone(), place)),
            input.next_token.as_deref(),
            input.max_results,
        )?;
        Ok(Output { parents, next_token })
    }
}
