//! `SetDefaultPolicyVersion`: which version is in force. Source: IAM API Reference,
//! "SetDefaultPolicyVersion".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::policies;
use super::state::Iam;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:SetDefaultPolicyVersion`.
#[derive(Debug)]
pub struct SetDefaultPolicyVersion;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The ARN of the policy.
    pub policy_arn: String,
    /// The version: `v2`.
    pub version_id: String,
}

impl Operation for SetDefaultPolicyVersion {
    const NAME: &'static str = "iam:SetDefaultPolicyVersion";
    const ASKS: &'static [&'static str] = &["iam:SetDefaultPolicyVersion"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![policies::ask("iam:SetDefaultPolicyVersion", &input.policy_arn, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let (_, number) = policies::own_version(act.read(), &input.policy_arn, &input.version_id)?;
        let now_ms = act.now_ms();
        if let Some(policy) = act.state().policies.edit(&input.policy_arn) {
            policy.default = number;
            policy.updated_ms = now_ms;
        }
        Ok(Empty {})
    }
}
