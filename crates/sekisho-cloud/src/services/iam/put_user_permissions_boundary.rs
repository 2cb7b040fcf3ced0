//! `PutUserPermissionsBoundary`. `iam:PermissionsBoundary` is the boundary in the request. Source:
//! IAM API Reference, "PutUserPermissionsBoundary"; service authorization reference.

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{boundary, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:PutUserPermissionsBoundary`.
#[derive(Debug)]
pub struct PutUserPermissionsBoundary;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user.
    pub user_name: String,
    /// The ARN of the managed policy.
    pub permissions_boundary: String,
}

impl Operation for PutUserPermissionsBoundary {
    const NAME: &'static str = "iam:PutUserPermissionsBoundary";
    const ASKS: &'static [&'static str] = &["iam:PutUserPermissionsBoundary"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = who::ask_user("iam:PutUserPermissionsBoundary", &input.user_name, view)?;
        Ok(vec![ask.with("iam:PermissionsBoundary", input.permissions_boundary.as_str())])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        act.read().user(account, &input.user_name)?;
        boundary::check(act.read(), account, &input.permissions_boundary)?;
        if let Some(user) = act.state().users.edit(&named(account, &input.user_name)) {
            user.boundary = Some(input.permissions_boundary);
        }
        Ok(Empty {})
    }
}
