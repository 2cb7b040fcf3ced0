//! `DeleteUserPolicy`. Source: IAM API Reference, "DeleteUserPolicy"; the boundary that the user
//! has now is a condition key (service authorization reference).

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::inline::Holder;
use super::state::{Iam, named};
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:DeleteUserPolicy`.
#[derive(Debug)]
pub struct DeleteUserPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user.
    pub user_name: String,
    /// The name of the policy.
    pub policy_name: String,
}

impl Operation for DeleteUserPolicy {
    const NAME: &'static str = "iam:DeleteUserPolicy";
    const ASKS: &'static [&'static str] = &["iam:DeleteUserPolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_permissions_of_user("iam:DeleteUserPolicy", &input.user_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let user = act.read().user(account, &input.user_name)?;
        let holder = Holder::user(&user.name);
        let attached = holder.without(&user.attached, &input.policy_name)?;
        if let Some(user) = act.state().users.edit(&named(account, &input.user_name)) {
            user.attached = attached;
        }
        Ok(Empty {})
    }
}
