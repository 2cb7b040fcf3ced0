//! `DeleteGroup`: it must be empty, and without policies. Source: IAM API Reference, "DeleteGroup";
//! which of several things in the way is told first was not found, this order is our choice.

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{fault, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:DeleteGroup`.
#[derive(Debug)]
pub struct DeleteGroup;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The group.
    pub group_name: String,
}

impl Operation for DeleteGroup {
    const NAME: &'static str = "iam:DeleteGroup";
    const ASKS: &'static [&'static str] = &["iam:DeleteGroup"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_group("iam:DeleteGroup", &input.group_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let iam = act.read();
        let group = iam.group(account, &input.group_name)?;
        let in_the_way = [
            (!group.attached.managed.is_empty(), "detach all policies"),
            (!group.attached.inline.is_empty(), "delete policies"),
            (iam.members(account, &input.group_name).next().is_some(), "remove users from group"),
        ];
        if let Some((_, first)) = in_the_way.iter().find(|(there, _)| *there) {
            return Err(fault::in_use(first));
        }
        act.state().groups.remove(&named(account, &input.group_name));
        Ok(Empty {})
    }
}
