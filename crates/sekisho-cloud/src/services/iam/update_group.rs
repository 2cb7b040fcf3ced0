//! `UpdateGroup`: another name or path. Source: IAM API Reference, "UpdateGroup" (the caller needs
//! the permission for the group as it is and for the group as it will be).

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{fault, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:UpdateGroup`.
#[derive(Debug)]
pub struct UpdateGroup;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The group.
    pub group_name: String,
    /// The new path.
    pub new_path: Option<String>,
    /// The new name.
    pub new_group_name: Option<String>,
}

impl Operation for UpdateGroup {
    const NAME: &'static str = "iam:UpdateGroup";
    const ASKS: &'static [&'static str] = &["iam:UpdateGroup"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let now = who::ask_group("iam:UpdateGroup", &input.group_name, view)?;
        let account = view.account()?;
        let Some(group) = view.state().groups.get(&named(account, &input.group_name)) else {
            return Ok(vec![now]);
        };
        let path = input.new_path.as_deref().unwrap_or(&group.path);
        let name = input.new_group_name.as_deref().unwrap_or(&group.name);
        let then = format!("arn:aws:iam::{account}:group{path}{name}");
        Ok(vec![now, Ask::to("iam:UpdateGroup").on(then)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let mut group = act.read().group(account, &input.group_name)?.clone();
        let old = named(account, &group.name);
        group.path = input.new_path.unwrap_or(group.path);
        group.name = input.new_group_name.unwrap_or(group.name);
        let new = named(account, &group.name);
        if new != old && act.read().groups.has(&new) {
            return Err(fault::group_exists(&group.name));
        }
        let members = act.read().members(account, &input.group_name);
        let members: Vec<_> = members.map(|(key, _)| key.to_owned()).collect();
        let iam = act.state();
        for user in members {
            if let Some(user) = iam.users.edit(&user) {
                user.groups.remove(&old);
                user.groups.insert(new.clone());
            }
        }
        iam.groups.remove(&old);
        iam.groups.put(new, group);
        Ok(Empty {})
    }
}
