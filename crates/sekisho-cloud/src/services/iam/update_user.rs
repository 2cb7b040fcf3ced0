//! `UpdateUser`: another name or path. The unique id stays, and with it keys, groups and sessions.
//! Source: IAM API Reference, "UpdateUser" (the caller needs the permission for the user as it is
//! and for the user as it will be).

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Bearer, Iam, User, named};
use super::{fault, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:UpdateUser`.
#[derive(Debug)]
pub struct UpdateUser;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user.
    pub user_name: String,
    /// The new path.
    pub new_path: Option<String>,
    /// The new name.
    pub new_user_name: Option<String>,
}

impl Operation for UpdateUser {
    const NAME: &'static str = "iam:UpdateUser";
    const ASKS: &'static [&'static str] = &["iam:UpdateUser"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let now = who::ask_user("iam:UpdateUser", &input.user_name, view)?;
        let account = view.account()?;
        let Some(user) = view.state().users.get(&named(account, &input.user_name)) else {
            return Ok(vec![now]);
        };
        let path = input.new_path.as_deref().unwrap_or(&user.path);
        let name = input.new_user_name.as_deref().unwrap_or(&user.name);
        let then = Ask::to("iam:UpdateUser").on(format!("arn:aws:iam::{account}:user{path}{name}"));
        Ok(vec![now, then.tagged(&user.tags).with_map("iam:ResourceTag", '/', &user.tags)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let mut user = act.read().user(account, &input.user_name)?.clone();
        let old = named(account, &user.name);
        user.path = input.new_path.unwrap_or(user.path);
        user.name = input.new_user_name.unwrap_or(user.name);
        let new = named(account, &user.name);
        if new != old && act.read().users.has(&new) {
            return Err(fault::user_exists(&user.name));
        }
        renamed(act.state(), &old, new, user);
        Ok(Empty {})
    }
}

/// Puts the user under its new name, and turns to it what knows users by their names.
fn renamed(iam: &mut Iam, old: &str, new: String, user: User) {
    let keys: Vec<_> = iam.keys_of(old).map(|key| key.id.clone()).collect();
    for id in keys {
        if let Some(key) = iam.access_keys.edit(&id) {
            key.user.clone_from(&new);
        }
    }
    iam.ids.put(user.id.as_str(), Bearer::User(new.clone()));
    iam.users.remove(old);
    iam.users.put(new, user);
}
