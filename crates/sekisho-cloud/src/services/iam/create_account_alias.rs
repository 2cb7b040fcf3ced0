//! `CreateAccountAlias`: an account has one alias, a new one replaces it; nobody else has the same.
//! Source: IAM API Reference, "CreateAccountAlias"; IAM User Guide, "IAM and AWS STS quotas".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::fault;
use super::state::Iam;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:CreateAccountAlias`.
#[derive(Debug)]
pub struct CreateAccountAlias;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The alias.
    pub account_alias: String,
}

impl Operation for CreateAccountAlias {
    const NAME: &'static str = "iam:CreateAccountAlias";
    const ASKS: &'static [&'static str] = &["iam:CreateAccountAlias"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(_: &Input, _: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to("iam:CreateAccountAlias")])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?.to_string();
        let alias = input.account_alias;
        let taken = |(of, one): (&str, &String)| of != account && *one == alias;
        if act.read().aliases.iter().any(taken) {
            return Err(fault::alias_exists(&alias));
        }
        act.state().aliases.put(account, alias);
        Ok(Empty {})
    }
}
