//! `GetGroup`: the group and who is in it. Source: IAM API Reference, "GetGroup".

use serde::{Deserialize, Serialize};

use super::group_view::GroupView;
use super::paging::page;
use super::state::Iam;
use super::user_view::UserView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:GetGroup`.
#[derive(Debug)]
pub struct GetGroup;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The group.
    pub group_name: String,
    /// Where the page begins; the first page where it is left out.
    pub marker: Option<String>,
    /// How many items a page has at most.
    pub max_items: Option<u32>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    group: GroupView,
    users: Vec<UserView>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for GetGroup {
    const NAME: &'static str = "iam:GetGroup";
    const ASKS: &'static [&'static str] = &["iam:GetGroup"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_group("iam:GetGroup", &input.group_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let account = act.account()?;
        let iam = act.read();
        let group = GroupView::of(iam.group(account, &input.group_name)?);
        let members = iam.members(account, &input.group_name);
        let page = page(members, input.marker.as_deref(), input.max_items)?.map(UserView::in_list);
        Ok(Output {
            group,
            is_truncated: page.is_truncated(),
            users: page.items,
            marker: page.marker,
        })
    }
}
