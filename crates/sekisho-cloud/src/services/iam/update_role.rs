//! `UpdateRole`: what is left out stays. Source: IAM API Reference, "UpdateRole".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::roles;
use super::state::{Iam, named};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:UpdateRole`.
#[derive(Debug)]
pub struct UpdateRole;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The longest session, in seconds.
    pub max_session_duration: Option<u32>,
}

impl Operation for UpdateRole {
    const NAME: &'static str = "iam:UpdateRole";
    const ASKS: &'static [&'static str] = &["iam:UpdateRole"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![roles::ask_bounded("iam:UpdateRole", &input.role_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        act.read().role(account, &input.role_name)?;
        if let Some(role) = act.state().roles.edit(&named(account, &input.role_name)) {
            role.description = input.description.or_else(|| role.description.take());
            role.session_s_max = input.max_session_duration.unwrap_or(role.session_s_max);
        }
        Ok(Empty {})
    }
}
