//! `DetachUserPolicy`. Source: IAM API Reference, "DetachUserPolicy"; the boundary that the user
//! has now is a condition key (service authorization reference).

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{attached, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:DetachUserPolicy`.
#[derive(Debug)]
pub struct DetachUserPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user.
    pub user_name: String,
    /// The ARN of the managed policy.
    pub policy_arn: String,
}

impl Operation for DetachUserPolicy {
    const NAME: &'static str = "iam:DetachUserPolicy";
    const ASKS: &'static [&'static str] = &["iam:DetachUserPolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = who::ask_permissions_of_user("iam:DetachUserPolicy", &input.user_name, view)?;
        Ok(vec![ask.with("iam:PolicyARN", input.policy_arn.as_str())])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let user = act.read().user(account, &input.user_name)?;
        attached::check_detach(&user.attached, &input.policy_arn)?;
        if let Some(user) = act.state().users.edit(&named(account, &input.user_name)) {
            user.attached.managed.remove(&input.policy_arn);
        }
        Ok(Empty {})
    }
}
