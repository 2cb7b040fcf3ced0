//! `RemoveRoleFromInstanceProfile`. Source: IAM API Reference, "RemoveRoleFromInstanceProfile".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{fault, profiles};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:RemoveRoleFromInstanceProfile`.
#[derive(Debug)]
pub struct RemoveRoleFromInstanceProfile;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The instance profile.
    pub instance_profile_name: String,
    /// The role.
    pub role_name: String,
}

impl Operation for RemoveRoleFromInstanceProfile {
    const NAME: &'static str = "iam:RemoveRoleFromInstanceProfile";
    const ASKS: &'static [&'static str] = &["iam:RemoveRoleFromInstanceProfile"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = &input.instance_profile_name;
        Ok(vec![profiles::ask("iam:RemoveRoleFromInstanceProfile", name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let Input { instance_profile_name: name, role_name } = input;
        let profile = act.read().profile(account, &name)?;
        if profile.role != Some(named(account, &role_name)) {
            return Err(fault::no_role_in_profile(&role_name, &name));
        }
        if let Some(profile) = act.state().profiles.edit(&named(account, &name)) {
            profile.role = None;
        }
        Ok(Empty {})
    }
}
