//! `PutUserPolicy`. Source: IAM API Reference, "PutUserPolicy"; service authorization reference for
//! `iam:PermissionsBoundary`, which is the boundary that the user has now.

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::inline::Holder;
use super::state::{Iam, named};
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:PutUserPolicy`.
#[derive(Debug)]
pub struct PutUserPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user.
    pub user_name: String,
    /// The name of the policy; one of the same name is replaced.
    pub policy_name: String,
    /// The policy.
    pub policy_document: String,
}

impl Operation for PutUserPolicy {
    const NAME: &'static str = "iam:PutUserPolicy";
    const ASKS: &'static [&'static str] = &["iam:PutUserPolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_permissions_of_user("iam:PutUserPolicy", &input.user_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let user = act.read().user(account, &input.user_name)?;
        let holder = Holder::user(&user.name);
        let attached = holder.put(&user.attached, input.policy_name, input.policy_document)?;
        if let Some(user) = act.state().users.edit(&named(account, &input.user_name)) {
            user.attached = attached;
        }
        Ok(Empty {})
    }
}
