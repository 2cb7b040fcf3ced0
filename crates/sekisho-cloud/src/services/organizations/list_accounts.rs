//! `ListAccounts`. Source: Organizations API Reference, "ListAccounts".

use serde::{Deserialize, Serialize};

use super::page::page;
use super::state::Organizations;
use super::views::AccountView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:ListAccounts`.
#[derive(Debug)]
pub struct ListAccounts;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
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

impl Operation for ListAccounts {
    const NAME: &'static str = "organizations:ListAccounts";
    const ASKS: &'static [&'static str] = &["organizations:ListAccounts"];
    const EFFECT: Effect = Effect::Read;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask(Self::NAME, view)?])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        let organization = who::organization(act)?;
        let state = act.read();
        let members = state.members.iter();
        let members =
            members.map(|(id, one)| (id.to_owned(), AccountView::of(one, &organization, state)));
        let (accounts, next_token) = page(members, input.next_token.as_deref(), input.max_results)?;
        Ok(Output { accounts, next_token })
    }
}
