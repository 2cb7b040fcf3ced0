//! `PutRolePermissionsBoundary`. `iam:PermissionsBoundary` is the boundary in the request. Source:
//! IAM API Reference, "PutRolePermissionsBoundary"; service authorization reference.

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{boundary, roles};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:PutRolePermissionsBoundary`.
#[derive(Debug)]
pub struct PutRolePermissionsBoundary;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_name: String,
    /// The ARN of the managed policy.
    pub permissions_boundary: String,
}

impl Operation for PutRolePermissionsBoundary {
    const NAME: &'static str = "iam:PutRolePermissionsBoundary";
    const ASKS: &'static [&'static str] = &["iam:PutRolePermissionsBoundary"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = roles::ask("iam:PutRolePermissionsBoundary", &input.role_name, view)?;
        Ok(vec![ask.with("iam:PermissionsBoundary", input.permissions_boundary.as_str())])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        act.read().role(account, &input.role_name)?;
        boundary::check(act.read(), account, &input.permissions_boundary)?;
        if let Some(role) = act.state().roles.edit(&named(account, &input.role_name)) {
            role.boundary = Some(input.permissions_boundary);
        }
        Ok(Empty {})
    }
}
