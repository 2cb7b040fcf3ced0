//! `PutRolePolicy`. Source: IAM API Reference, "PutRolePolicy"; service authorization reference for
//! `iam:PermissionsBoundary`, which is the boundary that the role has now.

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::inline::Holder;
use super::roles;
use super::state::{Iam, named};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:PutRolePolicy`.
#[derive(Debug)]
pub struct PutRolePolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_name: String,
    /// The name of the policy; one of the same name is replaced.
    pub policy_name: String,
    /// The policy.
    pub policy_document: String,
}

impl Operation for PutRolePolicy {
    const NAME: &'static str = "iam:PutRolePolicy";
    const ASKS: &'static [&'static str] = &["iam:PutRolePolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![roles::ask_bounded("iam:PutRolePolicy", &input.role_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let role = act.read().role(account, &input.role_name)?;
        let holder = Holder::role(&role.name);
        let attached = holder.put(&role.attached, input.policy_name, input.policy_document)?;
        if let Some(role) = act.state().roles.edit(&named(account, &input.role_name)) {
            role.attached = attached;
        }
        Ok(Empty {})
    }
}
