//! `ListAccountAliases`: the one alias, or none. Source: IAM API Reference, "ListAccountAliases".

use serde::{Deserialize, Serialize};

use super::paging::page;
use super::state::Iam;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListAccountAliases`.
#[derive(Debug)]
pub struct ListAccountAliases;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Where the page begins; the first page where it is left out.
    pub marker: Option<String>,
    /// How many items a page has at most.
    pub max_items: Option<u32>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    account_aliases: Vec<String>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for ListAccountAliases {
    const NAME: &'static str = "iam:ListAccountAliases";
    const ASKS: &'static [&'static str] = &["iam:ListAccountAliases"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, _: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to("iam:ListAccountAliases")])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let alias = act.read().aliases.get(&act.account()?.to_string());
        let rows = alias.into_iter().map(|alias| (alias.as_str(), alias.clone()));
        let page = page(rows, input.marker.as_deref(), input.max_items)?;
        Ok(Output {
            is_truncated: page.is_truncated(),
            account_aliases: page.items,
            marker: page.marker,
        })
    }
}
