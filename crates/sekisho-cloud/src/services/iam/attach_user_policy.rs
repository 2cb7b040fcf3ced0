//! `AttachUserPolicy`. Source: IAM API Reference, "AttachUserPolicy"; service authorization reference
//! for the condition keys (`iam:PermissionsBoundary` is the boundary that the user has now).

use serde::{Deserialize, Serialize};

use super::state::{Iam, named};
use super::{fault, managed, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// The most managed policies of a user. Source: IAM User Guide, "IAM and AWS STS quotas".
const POLICIES_MAX: usize = 10;

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

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for AttachUserPolicy {
    const NAME: &'static str = "iam:AttachUserPolicy";
    const ASKS: &'static [&'static str] = &["iam:AttachUserPolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let known = view.state().users.get(&named(view.account()?, &input.user_name));
        let boundary = known.and_then(|user| user.boundary.as_deref());
        let ask = who::ask_user("iam:AttachUserPolicy", &input.user_name, view)?
            .with("iam:PolicyARN", input.policy_arn.as_str())
            .with_some("iam:PermissionsBoundary", boundary);
        Ok(vec![ask])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let account = act.account()?;
        let user = act.read().user(account, &input.user_name)?;
        managed::attachable(act.read(), account, &input.policy_arn)?;
        let attached = &user.attached.managed;
        if !attached.contains(&input.policy_arn) && attached.len() >= POLICIES_MAX {
            return Err(fault::quota("PoliciesPerUser", POLICIES_MAX));
        }
        if let Some(user) = act.state().users.edit(&named(account, &input.user_name)) {
            user.attached.managed.insert(input.policy_arn);
        }
        Ok(Output {})
    }
}
