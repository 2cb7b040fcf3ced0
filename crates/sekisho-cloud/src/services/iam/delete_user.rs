//! `DeleteUser`: what hangs on the user must be gone before. With the user its unique id dies, and
//! so do its sessions; a user of the same name is another. Source: IAM API Reference, "DeleteUser";
//! which of several things in the way is told first was not found, this order is our choice.

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{fault, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:DeleteUser`.
#[derive(Debug)]
pub struct DeleteUser;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user.
    pub user_name: String,
}

impl Operation for DeleteUser {
    const NAME: &'static str = "iam:DeleteUser";
    const ASKS: &'static [&'static str] = &["iam:DeleteUser"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_user("iam:DeleteUser", &input.user_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let iam = act.read();
        let user = iam.user(account, &input.user_name)?;
        let key = named(account, &input.user_name);
        let in_the_way = [
            (!user.attached.managed.is_empty(), "detach all policies"),
            (!user.attached.inline.is_empty(), "delete policies"),
            (!user.groups.is_empty(), "remove users from group"),
            (iam.keys_of(&key).next().is_some(), "delete access keys"),
        ];
        if let Some((_, first)) = in_the_way.iter().find(|(there, _)| *there) {
            return Err(fault::in_use(first));
        }
        let id = user.id.clone();
        act.state().ids.remove(&id);
        act.state().users.remove(&key);
        Ok(Empty {})
    }
}
