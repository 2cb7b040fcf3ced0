//! `ListAttachedRolePolicies`: the managed policies. Source: IAM API Reference,
//! "ListAttachedRolePolicies".

use serde::{Deserialize, Serialize};

use super::attached::AttachedPolicy;
use super::state::Iam;
use super::{attached, roles};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListAttachedRolePolicies`.
#[derive(Debug)]
pub struct ListAttachedRolePolicies;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_name: String,
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

impl Operation for ListAttachedRolePolicies {
    const NAME: &'static str = "iam:ListAttachedRolePolicies";
    const ASKS: &'static [&'static str] = &["iam:ListAttachedRolePolicies"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![roles::ask("iam:ListAttachedRolePolicies", &input.role_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let role = act.read().role(act.account()?, &input.role_name)?;
        let (prefix, marker) = (input.path_prefix.as_deref(), input.marker.as_deref());
        let page = attached::list(&role.attached, prefix, marker, input.max_items)?;
        Ok(Output {
            is_truncated: page.is_truncated(),
            attached_policies: page.items,
            marker: page.marker,
        })
    }
}
