//! `GetRolePolicy`: the document is told percent-encoded. Source: IAM API Reference,
//! "GetRolePolicy".

use serde::{Deserialize, Serialize};

use super::inline::Holder;
use super::roles;
use super::state::Iam;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:GetRolePolicy`.
#[derive(Debug)]
pub struct GetRolePolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_name: String,
    /// The name of the policy.
    pub policy_name: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    role_name: String,
    policy_name: String,
    policy_document: String,
}

impl Operation for GetRolePolicy {
    const NAME: &'static str = "iam:GetRolePolicy";
    const ASKS: &'static [&'static str] = &["iam:GetRolePolicy"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![roles::ask("iam:GetRolePolicy", &input.role_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let role = act.read().role(act.account()?, &input.role_name)?;
        let document = Holder::role(&role.name).document(&role.attached, &input.policy_name)?;
        Ok(Output {
            role_name: role.name.clone(),
            policy_name: input.policy_name,
            policy_document: document,
        })
    }
}
