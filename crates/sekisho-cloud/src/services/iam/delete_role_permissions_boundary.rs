//! `DeleteRolePermissionsBoundary`. `iam:PermissionsBoundary` is the boundary that is to go.
//! Source: IAM API Reference, "DeleteRolePermissionsBoundary"; service authorization reference.

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::roles;
use super::state::{Iam, named};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:DeleteRolePermissionsBoundary`.
#[derive(Debug)]
pub struct DeleteRolePermissionsBoundary;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_name: String,
}

impl Operation for DeleteRolePermissionsBoundary {
    const NAME: &'static str = "iam:DeleteRolePermissionsBoundary";
    const ASKS: &'static [&'static str] = &["iam:DeleteRolePermissionsBoundary"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![roles::ask_bounded("iam:DeleteRolePermissionsBoundary", &input.role_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        act.read().role(account, &input.role_name)?;
        if let Some(role) = act.state().roles.edit(&named(account, &input.role_name)) {
            role.boundary = None;
        }
        Ok(Empty {})
    }
}
