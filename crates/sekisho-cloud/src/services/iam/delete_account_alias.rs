//! `DeleteAccountAlias`. Source: IAM API Reference, "DeleteAccountAlias".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::fault;
use super::state::Iam;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:DeleteAccountAlias`.
#[derive(Debug)]
pub struct DeleteAccountAlias;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The alias.
    pub account_alias: String,
}

impl Operation for DeleteAccountAlias {
    const NAME: &'static str = "iam:DeleteAccountAlias";
    const ASKS: &'static [&'static str] = &["iam:DeleteAccountAlias"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(_: &Input, _: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to("iam:DeleteAccountAlias")])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?.to_string();
        if act.read().aliases.get(&account) != Some(&input.account_alias) {
            return Err(fault::no_alias(&input.account_alias));
        }
        act.state().aliases.remove(&account);
        Ok(Empty {})
    }
}
