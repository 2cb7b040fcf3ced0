//! `ListChildren`. Source: Organizations API Reference, "ListChildren".

use serde::{Deserialize, Serialize};

use super::page::page;
use super::state::Organizations;
use super::views::Place;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChildType {
    /// Accounts.
    #[serde(rename = "ACCOUNT")]
    Account,
    /// Organizational units.
    #[serde(rename = "ORGANIZATIONAL_UNIT")]
    Unit,
}

impl ChildType {
    fn name(self) -> &'static str {
        match self {
            Self::Account => "ACCOUNT",
            Self::Unit => "ORGANIZATIONAL_UNIT",
        }
    }
}

/// `organizations:ListChildren`.
#[derive(Debug)]
pub struct ListChildren;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The root or unit.
    pub parent_id: String,
    /// Accounts or units.
    pub child_type: ChildType,
    /// Where the page begins.
    pub next_token: Option<String>,
    /// How many items it has at most.
    pub max_results: Option<usize>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    children: Vec<Place>,
    next_token: Option<String>,
}

impl Operation for ListChildren {
    const NAME: &'static str = "organizations:ListChildren";
    const ASKS: &'static [&'static str] = &["organizations:ListChildren"];
    const EFFECT: Effect = Effect::Read;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_on(Self::NAME, &input.parent_id, view)?])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        who::organization(act)?;
        let state = act.read();
        state.parent(&input.parent_id)?;
        let ids: Vec<_> = match input.child_type {
            ChildType::Account => {
                state.members_in(&input.parent_id).map(|one| one.id.to_string()).collect()
            }
            ChildType::Unit => {
                state.units_in(&input.parent_id).map(|unit| unit.id.clone()).collect()
            }
        };
        let r#type = input.child_type.name();
        let places = ids.into_iter().map(|id| (id.clone(), Place { id, r#type }));
        let (children, next_token) = page(places, input.next_token.as_deref(), input.max_results)?;
        Ok(Output { children, next_token })
    }
}
