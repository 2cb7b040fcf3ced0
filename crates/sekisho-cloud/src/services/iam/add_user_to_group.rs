//! `AddUserToGroup`: the group is asked about, not the user (service authorization reference).
//! Doing it twice changes nothing; of two that are missing the user is told (recorded). Source: IAM
//! API Reference, "AddUserToGroup".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{fault, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:AddUserToGroup`.
#[derive(Debug)]
pub struct AddUserToGroup;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The group.
    pub group_name: String,
    /// The user.
    pub user_name: String,
}

impl Operation for AddUserToGroup {
    const NAME: &'static str = "iam:AddUserToGroup";
    const ASKS: &'static [&'static str] = &["iam:AddUserToGroup"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_group("iam:AddUserToGroup", &input.group_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let user = act.read().user(account, &input.user_name)?;
        act.read().group(account, &input.group_name)?;
        let group = named(account, &input.group_name);
        if !user.groups.contains(&group) && user.groups.len() >= GROUPS_MAX {
            return Err(fault::quota("GroupsPerUser", GROUPS_MAX));
        }
        if let Some(user) = act.state().users.edit(&named(account, &input.user_name)) {
            user.groups.insert(group);
        }
        Ok(Empty {})
    }
}

/// The most groups of a user. Source: IAM User Guide, "IAM and AWS STS quotas".
const GROUPS_MAX: usize = 10;
