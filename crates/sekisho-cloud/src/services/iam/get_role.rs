//! `GetRole`. Source: IAM API Reference, "GetRole".

use serde::{Deserialize, Serialize};

use super::role_view::RoleView;
use super::roles;
use super::state::Iam;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:GetRole`.
#[derive(Debug)]
pub struct GetRole;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_name: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    role: RoleView,
}

impl Operation for GetRole {
    const NAME: &'static str = "iam:GetRole";
    const ASKS: &'static [&'static str] = &["iam:GetRole"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![roles::ask_bounded("iam:GetRole", &input.role_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let iam = act.read();
        let role = iam.role(act.account()?, &input.role_name)?;
        let last = iam.uses.get(&role.id);
        Ok(Output { role: RoleView::whole(role, last, &act.directory()) })
    }
}
