//! `ListCreateAccountStatus`. Source: Organizations API Reference, "ListCreateAccountStatus".

use serde::{Deserialize, Serialize};

use super::page::page;
use super::state::Organizations;
use super::views::RequestView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:ListCreateAccountStatus`.
#[derive(Debug)]
pub struct ListCreateAccountStatus;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Only those of these states.
    #[serde(default)]
    pub states: Vec<String>,
    /// Where the page begins.
    pub next_token: Option<String>,
    /// How many items it has at most.
    pub max_results: Option<usize>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    create_account_statuses: Vec<RequestView>,
    next_token: Option<String>,
}

impl Operation for ListCreateAccountStatus {
    const NAME: &'static str = "organizations:ListCreateAccountStatus";
    const ASKS: &'static [&'static str] = &["organizations:ListCreateAccountStatus"];
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
        who::organization(act)?;
        let wanted =
            |state: &str| input.states.is_empty() || input.states.iter().any(|one| one == state);
        let requests = act.read().requests.iter().filter(|(_, request)| wanted(request.state()));
        let requests = requests.map(|(id, request)| (id.to_owned(), RequestView::of(request)));
        let (create_account_statuses, next_token) =
            page(requests, input.next_token.as_deref(), input.max_results)?;
        Ok(Output { create_account_statuses, next_token })
    }
}
