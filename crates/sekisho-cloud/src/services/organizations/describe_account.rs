//! `DescribeAccount`. Source: Organizations API Reference, "DescribeAccount".

use serde::{Deserialize, Serialize};

use super::state::Organizations;
use super::views::AccountView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:DescribeAccount`.
#[derive(Debug)]
pub struct DescribeAccount;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The account.
    pub account_id: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    account: AccountView,
}

impl Operation for DescribeAccount {
    const NAME: &'static str = "organizations:DescribeAccount";
    const ASKS: &'static [&'static str] = &["organizations:DescribeAccount"];
    const EFFECT: Effect = Effect::Read;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_on(Self::NAME, &input.account_id, view)?])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        let organization = who::organization(act)?;
        let state = act.read();
        let member = state.member(&input.account_id)?;
        Ok(Output { account: AccountView::of(member, &organization, state) })
    }
}
