//! `DeletePolicy`: nobody may have it, and only its default version may be left. Source: IAM API
//! Reference, "DeletePolicy".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::Iam;
use super::usage::{Usage, Usages};
use super::{fault, policies};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:DeletePolicy`.
#[derive(Debug)]
pub struct DeletePolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The ARN of the policy.
    pub policy_arn: String,
}

impl Operation for DeletePolicy {
    const NAME: &'static str = "iam:DeletePolicy";
    const ASKS: &'static [&'static str] = &["iam:DeletePolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![policies::ask("iam:DeletePolicy", &input.policy_arn, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let iam = act.read();
        let policy = policies::own(iam, &input.policy_arn)?;
        if Usages::of(iam, policy.account).get(&input.policy_arn) != Usage::default() {
            return Err(fault::policy_in_use());
        }
        if policy.versions.len() > 1 {
            return Err(fault::policy_has_versions());
        }
        act.state().policies.remove(&input.policy_arn);
        Ok(Empty {})
    }
}
