//! `ListAccountsForParent`. Source: Organizations API Reference, "ListAccountsForParent".

use serde::{Deserialize, Serialize};

use super::page::page;
use super::state::Organizations;
use super::views::AccountView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:ListAccountsForParent`.
#[derive(Debug)]
pub struct ListAccountsForParent;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The root or unit.
    pub parent_id: String,
    /// Where the page begins.
    pub next_token: Option<String>,
    /// How many items it has at most.
    pub max_results: Option<usize>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    accounts: Vec<AccountView>,
    next_token: Option<String>,
}

impl Operation for ListAccountsForParent {
    const NAME: &'static str = "organizations:ListAccountsForParent";
    const ASKS: &'static [&'static str] = &["organizations:ListAccountsForParent"];
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
        let organization = who::organization(act)?;
        let state = act.read();
        state.parent(&input.parent_id)?;
        let members = state.members_in(&input.parent_id);
        let members =
            members.map(|one| (one.id.to_string(), AccountView::of(one, &organization, state)));
        let (accounts, next_token) = page(members, input.next_token.as_deref(), input.max_results)?;
        Ok(Output { accounts, next_token })
    }
}
