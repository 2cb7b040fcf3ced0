//! `ListUserPolicies`: the names of the inline policies. Source: IAM API Reference,
//! "ListUserPolicies".

use serde::{Deserialize, Serialize};

use super::state::Iam;
use super::{inline, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListUserPolicies`.
#[derive(Debug)]
pub struct ListUserPolicies;

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
    policy_names: Vec<String>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for ListUserPolicies {
    const NAME: &'static str = "iam:ListUserPolicies";
    const ASKS: &'static [&'static str] = &["iam:ListUserPolicies"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_user("iam:ListUserPolicies", &input.user_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let user = act.read().user(act.account()?, &input.user_name)?;
        let page = inline::names(&user.attached, input.marker.as_deref(), input.max_items)?;
        Ok(Output {
            is_truncated: page.is_truncated(),
            policy_names: page.items,
            marker: page.marker,
        })
    }
}
