//! `GetUserPolicy`: the document is told percent-encoded. Source: IAM API Reference,
//! "GetUserPolicy".

use serde::{Deserialize, Serialize};

use super::inline::Holder;
use super::state::Iam;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:GetUserPolicy`.
#[derive(Debug)]
pub struct GetUserPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user.
    pub user_name: String,
    /// The name of the policy.
    pub policy_name: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    user_name: String,
    policy_name: String,
    policy_document: String,
}

impl Operation for GetUserPolicy {
    const NAME: &'static str = "iam:GetUserPolicy";
    const ASKS: &'static [&'static str] = &["iam:GetUserPolicy"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_user("iam:GetUserPolicy", &input.user_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let user = act.read().user(act.account()?, &input.user_name)?;
        let document = Holder::user(&user.name).document(&user.attached, &input.policy_name)?;
        Ok(Output {
            user_name: user.name.clone(),
            policy_name: input.policy_name,
            policy_document: document,
        })
    }
}
