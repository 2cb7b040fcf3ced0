//! `DeletePolicyVersion`: any but the one in force. Source: IAM API Reference, "DeletePolicyVersion".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::Iam;
use super::{fault, policies};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:DeletePolicyVersion`.
#[derive(Debug)]
pub struct DeletePolicyVersion;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The ARN of the policy.
    pub policy_arn: String,
    /// The version: `v2`.
    pub version_id: String,
}

impl Operation for DeletePolicyVersion {
    const NAME: &'static str = "iam:DeletePolicyVersion";
    const ASKS: &'static [&'static str] = &["iam:DeletePolicyVersion"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![policies::ask("iam:DeletePolicyVersion", &input.policy_arn, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let (policy, number) =
            policies::own_version(act.read(), &input.policy_arn, &input.version_id)?;
        if number == policy.default {
            return Err(fault::default_version());
        }
        if let Some(policy) = act.state().policies.edit(&input.policy_arn) {
            policy.versions.remove(&number);
        }
        Ok(Empty {})
    }
}
