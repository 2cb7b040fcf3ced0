//! `ListUsers`. A user's tags and boundary are not told. Source: IAM API Reference, "ListUsers"; a
//! denial names the path that was asked for (recorded).

use serde::{Deserialize, Serialize};

use super::paging::page;
use super::state::Iam;
use super::user_view::UserView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListUsers`.
#[derive(Debug)]
pub struct ListUsers;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Only what has a path that begins so.
    pub path_prefix: Option<String>,
    /// Where the page begins; the first page where it is left out.
    pub marker: Option<String>,
    /// How many items a page has at most.
    pub max_items: Option<u32>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    users: Vec<UserView>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for ListUsers {
    const NAME: &'static str = "iam:ListUsers";
    const ASKS: &'static [&'static str] = &["iam:ListUsers"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let prefix = input.path_prefix.as_deref();
        Ok(vec![who::ask_list("iam:ListUsers", "user", prefix, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        let users = act.read().users.under(&format!("{}/", act.account()?));
        let rows = users.filter(|(_, user)| user.path.starts_with(prefix));
        let page = page(rows, input.marker.as_deref(), input.max_items)?.map(UserView::in_list);
        Ok(Output { is_truncated: page.is_truncated(), users: page.items, marker: page.marker })
    }
}
