//! `AddRoleToInstanceProfile`: the caller must be allowed to pass the role, for instances get its
//! credentials. Source: IAM API Reference, "AddRoleToInstanceProfile"; IAM User Guide, "Grant a user
//! permissions to pass a role to an AWS service".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{fault, profiles, roles};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// How many roles an instance profile holds. Source: IAM User Guide, "IAM and AWS STS quotas".
const ROLES_MAX: usize = 1;

/// `iam:AddRoleToInstanceProfile`.
#[derive(Debug)]
pub struct AddRoleToInstanceProfile;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The instance profile.
    pub instance_profile_name: String,
    /// The role.
    pub role_name: String,
}

impl Operation for AddRoleToInstanceProfile {
    const NAME: &'static str = "iam:AddRoleToInstanceProfile";
    const ASKS: &'static [&'static str] = &["iam:AddRoleToInstanceProfile", "iam:PassRole"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = &input.instance_profile_name;
        let add = profiles::ask("iam:AddRoleToInstanceProfile", name, view)?;
        Ok(vec![add, roles::ask_pass(&input.role_name, "ec2.amazonaws.com", view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let iam = act.read();
        let profile = iam.profile(account, &input.instance_profile_name)?;
        iam.role(account, &input.role_name)?;
        if profile.role.is_some() {
            return Err(fault::quota("InstanceSessionsPerInstanceProfile", ROLES_MAX));
        }
        let key = named(account, &input.instance_profile_name);
        if let Some(profile) = act.state().profiles.edit(&key) {
            profile.role = Some(named(account, &input.role_name));
        }
        Ok(Empty {})
    }
}
