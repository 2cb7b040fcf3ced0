//! `UpdateAccessKey`: lets a key sign, or not. Source: IAM API Reference, "UpdateAccessKey".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::Iam;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:UpdateAccessKey`.
#[derive(Debug)]
pub struct UpdateAccessKey;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user; the caller where it is left out.
    pub user_name: Option<String>,
    /// `AKIA…`.
    pub access_key_id: String,
    /// Whether it may sign.
    pub status: Status,
}

impl Operation for UpdateAccessKey {
    const NAME: &'static str = "iam:UpdateAccessKey";
    const ASKS: &'static [&'static str] = &["iam:UpdateAccessKey"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = who::user(input.user_name.as_deref(), view.principal())?;
        Ok(vec![who::ask_user("iam:UpdateAccessKey", &name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let name = who::user(input.user_name.as_deref(), act.principal())?;
        act.read().key_of(act.account()?, &name, &input.access_key_id)?;
        if let Some(key) = act.state().access_keys.edit(&input.access_key_id) {
            key.active = input.status == Status::Active;
        }
        Ok(Empty {})
    }
}

/// Whether a key may sign. `Expired` is a state that nobody can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// It may.
    Active,
    /// It may not.
    Inactive,
}
