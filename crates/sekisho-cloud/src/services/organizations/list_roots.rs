//! `ListRoots`. Source: Organizations API Reference, "ListRoots".

use serde::{Deserialize, Serialize};

use super::page::page;
use super::state::Organizations;
use super::views::RootView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:ListRoots`.
#[derive(Debug)]
pub struct ListRoots;

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
    roots: Vec<RootView>,
    next_token: Option<String>,
}

impl Operation for ListRoots {
    const NAME: &'static str = "organizations:ListRoots";
    const ASKS: &'static [&'static str] = &["organizations:ListRoots"];
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
        let root = RootView::of(&organization, act.read());
        let (roots, next_token) = page(
            std::iter::once((organization.root, root)),
            input.next_token.as_deref(),
            input.max_results,
        )?;
        Ok(Output { roots, next_token })
    }
}
