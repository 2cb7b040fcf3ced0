//! `UpdateRoleDescription`, which `UpdateRole` has replaced. Source: IAM API Reference,
//! "UpdateRoleDescription".

use serde::{Deserialize, Serialize};

use super::role_view::RoleView;
use super::roles;
use super::state::{Iam, named};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:UpdateRoleDescription`.
#[derive(Debug)]
pub struct UpdateRoleDescription;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_name: String,
    /// What it is for.
    pub description: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    role: RoleView,
}

impl Operation for UpdateRoleDescription {
    const NAME: &'static str = "iam:UpdateRoleDescription";
    const ASKS: &'static [&'static str] = &["iam:UpdateRoleDescription"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![roles::ask_bounded("iam:UpdateRoleDescription", &input.role_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let account = act.account()?;
        act.read().role(account, &input.role_name)?;
        if let Some(role) = act.state().roles.edit(&named(account, &input.role_name)) {
            role.description = Some(input.description);
        }
        let role = act.read().role(account, &input.role_name)?;
        Ok(Output { role: RoleView::described(role, &act.directory()) })
    }
}
