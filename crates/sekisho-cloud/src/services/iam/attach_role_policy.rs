//! `AttachRolePolicy`. Source: IAM API Reference, "AttachRolePolicy"; service authorization reference
//! for the condition keys (`iam:PermissionsBoundary` is the boundary that the role has now).

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{attached, roles};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:AttachRolePolicy`.
#[derive(Debug)]
pub struct AttachRolePolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_name: String,
    /// The ARN of the managed policy.
    pub policy_arn: String,
}

impl Operation for AttachRolePolicy {
    const NAME: &'static str = "iam:AttachRolePolicy";
    const ASKS: &'static [&'static str] = &["iam:AttachRolePolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = roles::ask_bounded("iam:AttachRolePolicy", &input.role_name, view)?;
        Ok(vec![ask.with("iam:PolicyARN", input.policy_arn.as_str())])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let role = act.read().role(account, &input.role_name)?;
        let arn = &input.policy_arn;
        attached::check(act.read(), account, &role.attached, arn, "PoliciesPerRole")?;
        if let Some(role) = act.state().roles.edit(&named(account, &input.role_name)) {
            role.attached.managed.insert(input.policy_arn);
        }
        Ok(Empty {})
    }
}
