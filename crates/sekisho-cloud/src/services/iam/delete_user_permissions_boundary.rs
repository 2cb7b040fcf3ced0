//! `DeleteUserPermissionsBoundary`. `iam:PermissionsBoundary` is the boundary that is to go.
//! Source: IAM API Reference, "DeleteUserPermissionsBoundary"; service authorization reference.

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:DeleteUserPermissionsBoundary`.
#[derive(Debug)]
pub struct DeleteUserPermissionsBoundary;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user.
    pub user_name: String,
}

impl Operation for DeleteUserPermissionsBoundary {
    const NAME: &'static str = "iam:DeleteUserPermissionsBoundary";
    const ASKS: &'static [&'static str] = &["iam:DeleteUserPermissionsBoundary"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_permissions_of_user(
            "iam:DeleteUserPermissionsBoundary",
            &input.user_name,
            view,
        )?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        act.read().user(account, &input.user_name)?;
        if let Some(user) = act.state().users.edit(&named(account, &input.user_name)) {
            user.boundary = None;
        }
        Ok(Empty {})
    }
}
