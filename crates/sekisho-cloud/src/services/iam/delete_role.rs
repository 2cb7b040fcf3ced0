//! `DeleteRole`: what hangs on the role must be gone before. With the role its unique id dies, and so
//! do its sessions; a role of the same name is another. Source: IAM API Reference, "DeleteRole"; which
//! of several things in the way is told first was not found, this order is our choice.

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{fault, roles};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:DeleteRole`.
#[derive(Debug)]
pub struct DeleteRole;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_name: String,
}

impl Operation for DeleteRole {
    const NAME: &'static str = "iam:DeleteRole";
    const ASKS: &'static [&'static str] = &["iam:DeleteRole"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![roles::ask_bounded("iam:DeleteRole", &input.role_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let iam = act.read();
        let role = iam.role(account, &input.role_name)?;
        let key = named(account, &input.role_name);
        let in_the_way = [
            (iam.profiles_of(&key).next().is_some(), "remove roles from instance profile"),
            (!role.attached.managed.is_empty(), "detach all policies"),
            (!role.attached.inline.is_empty(), "delete policies"),
        ];
        if let Some((_, first)) = in_the_way.iter().find(|(there, _)| *there) {
            return Err(fault::in_use(first));
        }
        let id = role.id.clone();
        act.state().ids.remove(&id);
        act.state().uses.remove(&id);
        act.state().roles.remove(&key);
        Ok(Empty {})
    }
}
