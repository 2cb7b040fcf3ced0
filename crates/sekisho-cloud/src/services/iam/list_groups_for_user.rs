//! `ListGroupsForUser`. Source: IAM API Reference, "ListGroupsForUser".

use serde::{Deserialize, Serialize};

use super::group_view::GroupView;
use super::paging::page;
use super::state::Iam;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListGroupsForUser`.
#[derive(Debug)]
pub struct ListGroupsForUser;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user.
    pub user_name: String,
    /// Where the page begins; the first page where it is left out.
    pub marker: Option<String>,
    /// How many items a page has at most.
    pub max_items: Option<u32>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    groups: Vec<GroupView>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for ListGroupsForUser {
    const NAME: &'static str = "iam:ListGroupsForUser";
    const ASKS: &'static [&'static str] = &["iam:ListGroupsForUser"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_user("iam:ListGroupsForUser", &input.user_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let iam = act.read();
        let user = iam.user(act.account()?, &input.user_name)?;
        let rows = user.groups.iter().filter_map(|key| Some((key.as_str(), iam.groups.get(key)?)));
        let page = page(rows, input.marker.as_deref(), input.max_items)?.map(GroupView::of);
        Ok(Output { is_truncated: page.is_truncated(), groups: page.items, marker: page.marker })
    }
}
