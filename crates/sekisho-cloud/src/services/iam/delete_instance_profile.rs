//! `DeleteInstanceProfile`: it must hold no role. Source: IAM API Reference, "DeleteInstanceProfile".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{fault, profiles};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:DeleteInstanceProfile`.
#[derive(Debug)]
pub struct DeleteInstanceProfile;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The instance profile.
    pub instance_profile_name: String,
}

impl Operation for DeleteInstanceProfile {
    const NAME: &'static str = "iam:DeleteInstanceProfile";
    const ASKS: &'static [&'static str] = &["iam:DeleteInstanceProfile"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = &input.instance_profile_name;
        Ok(vec![profiles::ask("iam:DeleteInstanceProfile", name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let profile = act.read().profile(account, &input.instance_profile_name)?;
        if profile.role.is_some() {
            return Err(fault::in_use("remove roles from instance profile"));
        }
        act.state().profiles.remove(&named(account, &input.instance_profile_name));
        Ok(Empty {})
    }
}
