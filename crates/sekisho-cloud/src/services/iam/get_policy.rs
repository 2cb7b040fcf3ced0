//! `GetPolicy`: a customer managed policy, or one of AWS. Source: IAM API Reference, "GetPolicy".

use serde::{Deserialize, Serialize};

use super::policies;
use super::policy_view::PolicyView;
use super::state::Iam;
use super::usage::Usages;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:GetPolicy`.
#[derive(Debug)]
pub struct GetPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The ARN of the policy.
    pub policy_arn: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    policy: PolicyView,
}

impl Operation for GetPolicy {
    const NAME: &'static str = "iam:GetPolicy";
    const ASKS: &'static [&'static str] = &["iam:GetPolicy"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![policies::ask_read("iam:GetPolicy", &input.policy_arn, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let iam = act.read();
        let usages = Usages::of(iam, act.account()?);
        let known = policies::find(iam, &input.policy_arn)?;
        Ok(Output { policy: PolicyView::whole(known, usages.get(&input.policy_arn)) })
    }
}
