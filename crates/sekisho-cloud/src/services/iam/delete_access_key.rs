//! `DeleteAccessKey`: the next request that it signs is refused. Source: IAM API Reference,
//! "DeleteAccessKey".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::Iam;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:DeleteAccessKey`.
#[derive(Debug)]
pub struct DeleteAccessKey;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user; the caller where it is left out.
    pub user_name: Option<String>,
    /// `AKIA…`.
    pub access_key_id: String,
}

impl Operation for DeleteAccessKey {
    const NAME: &'static str = "iam:DeleteAccessKey";
    const ASKS: &'static [&'static str] = &["iam:DeleteAccessKey"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = who::user(input.user_name.as_deref(), view.principal())?;
        Ok(vec![who::ask_user("iam:DeleteAccessKey", &name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let name = who::user(input.user_name.as_deref(), act.principal())?;
        act.read().key_of(act.account()?, &name, &input.access_key_id)?;
        act.state().access_keys.remove(&input.access_key_id);
        act.state().uses.remove(&input.access_key_id);
        Ok(Empty {})
    }
}
