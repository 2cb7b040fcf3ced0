//! `GetGroupPolicy`: the document is told percent-encoded. Source: IAM API Reference,
//! "GetGroupPolicy".

use serde::{Deserialize, Serialize};

use super::inline::Holder;
use super::state::Iam;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:GetGroupPolicy`.
#[derive(Debug)]
pub struct GetGroupPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The group.
    pub group_name: String,
    /// The name of the policy.
    pub policy_name: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    group_name: String,
    policy_name: String,
    policy_document: String,
}

impl Operation for GetGroupPolicy {
    const NAME: &'static str = "iam:GetGroupPolicy";
    const ASKS: &'static [&'static str] = &["iam:GetGroupPolicy"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_group("iam:GetGroupPolicy", &input.group_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let group = act.read().group(act.account()?, &input.group_name)?;
        let document = Holder::group(&group.name).document(&group.attached, &input.policy_name)?;
        Ok(Output {
            group_name: group.name.clone(),
            policy_name: input.policy_name,
            policy_document: document,
        })
    }
}
