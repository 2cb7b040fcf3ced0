//! `AttachUserPolicy`. Source: IAM API Reference, "AttachUserPolicy"; service authorization reference
//! for the condition keys (`iam:PermissionsBoundary` is the boundary that the user has now).

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{attached, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:AttachUserPolicy`.
#[derive(Debug)]
pub struct AttachUserPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user.
    pub user_name: String,
    /// The ARN of the managed policy.
    pub policy_arn: String,
}

impl Operation for AttachUserPolicy {
    const NAME: &'static str = "iam:AttachUserPolicy";
    const ASKS: &'static [&'static str] = &["iam:AttachUserPolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = who::ask_permissions_of_user("iam:AttachUserPolicy", &input.user_name, view)?;
        Ok(vec![ask.with("iam:PolicyARN", input.policy_arn.as_str())])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let user = act.read().user(account, &input.user_name)?;
        let arn = &input.policy_arn;
        attached::check(act.read(), account, &user.attached, arn, "PoliciesPerUser")?;
        if let Some(user) = act.state().users.edit(&named(account, &input.user_name)) {
            user.attached.managed.insert(input.policy_arn);
        }
        Ok(Empty {})
    }
}
