//! `ListGroupPolicies`: the names of the inline policies. Source: IAM API Reference,
//! "ListGroupPolicies".

use serde::{Deserialize, Serialize};

use super::state::Iam;
use super::{inline, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListGroupPolicies`.
#[derive(Debug)]
pub struct ListGroupPolicies;

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
    policy_names: Vec<String>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for ListGroupPolicies {
    const NAME: &'static str = "iam:ListGroupPolicies";
    const ASKS: &'static [&'static str] = &["iam:ListGroupPolicies"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_group("iam:ListGroupPolicies", &input.group_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let group = act.read().group(act.account()?, &input.group_name)?;
        let page = inline::names(&group.attached, input.marker.as_deref(), input.max_items)?;
        Ok(Output {
            is_truncated: page.is_truncated(),
            policy_names: page.items,
            marker: page.marker,
        })
    }
}
