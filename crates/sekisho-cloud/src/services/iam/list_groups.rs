//! `ListGroups`. Source: IAM API Reference, "ListGroups"; a denial names the path that was asked
//! for (recorded).

use serde::{Deserialize, Serialize};

use super::group_view::GroupView;
use super::paging::page;
use super::state::Iam;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListGroups`.
#[derive(Debug)]
pub struct ListGroups;

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
    groups: Vec<GroupView>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for ListGroups {
    const NAME: &'static str = "iam:ListGroups";
    const ASKS: &'static [&'static str] = &["iam:ListGroups"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let prefix = input.path_prefix.as_deref();
        Ok(vec![who::ask_list("iam:ListGroups", "group", prefix, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        let groups = act.read().groups.under(&format!("{}/", act.account()?));
        let rows = groups.filter(|(_, group)| group.path.starts_with(prefix));
        let page = page(rows, input.marker.as_deref(), input.max_items)?.map(GroupView::of);
        Ok(Output { is_truncated: page.is_truncated(), groups: page.items, marker: page.marker })
    }
}
