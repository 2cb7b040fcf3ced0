//! `ListAttachedUserPolicies`: the managed policies. Source: IAM API Reference,
//! "ListAttachedUserPolicies".

use serde::{Deserialize, Serialize};

use super::attached::AttachedPolicy;
use super::state::Iam;
use super::{attached, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListAttachedUserPolicies`.
#[derive(Debug)]
pub struct ListAttachedUserPolicies;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user.
    pub user_name: String,
    /// Only policies whose paths begin so.
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
    attached_policies: Vec<AttachedPolicy>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for ListAttachedUserPolicies {
    const NAME: &'static str = "iam:ListAttachedUserPolicies";
    const ASKS: &'static [&'static str] = &["iam:ListAttachedUserPolicies"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_user("iam:ListAttachedUserPolicies", &input.user_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let user = act.read().user(act.account()?, &input.user_name)?;
        let (prefix, marker) = (input.path_prefix.as_deref(), input.marker.as_deref());
        let page = attached::list(&user.attached, prefix, marker, input.max_items)?;
        Ok(Output {
            is_truncated: page.is_truncated(),
            attached_policies: page.items,
            marker: page.marker,
        })
    }
}
