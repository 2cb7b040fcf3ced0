//! `RemoveUserFromGroup`: it succeeds also for who is not in the group (recorded). Source: IAM API
//! Reference, "RemoveUserFromGroup".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:RemoveUserFromGroup`.
#[derive(Debug)]
pub struct RemoveUserFromGroup;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The group.
    pub group_name: String,
    /// The user.
    pub user_name: String,
}

impl Operation for RemoveUserFromGroup {
    const NAME: &'static str = "iam:RemoveUserFromGroup";
    const ASKS: &'static [&'static str] = &["iam:RemoveUserFromGroup"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_group("iam:RemoveUserFromGroup", &input.group_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        act.read().user(account, &input.user_name)?;
        act.read().group(account, &input.group_name)?;
        if let Some(user) = act.state().users.edit(&named(account, &input.user_name)) {
            user.groups.remove(&named(account, &input.group_name));
        }
        Ok(Empty {})
    }
}
