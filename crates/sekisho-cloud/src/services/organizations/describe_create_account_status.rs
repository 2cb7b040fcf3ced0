//! `DescribeCreateAccountStatus`. Source: Organizations API Reference, "DescribeCreateAccountStatus".

use serde::{Deserialize, Serialize};

use super::fault;
use super::state::Organizations;
use super::views::RequestView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:DescribeCreateAccountStatus`.
#[derive(Debug)]
pub struct DescribeCreateAccountStatus;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The request.
    pub create_account_request_id: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    create_account_status: RequestView,
}

impl Operation for DescribeCreateAccountStatus {
    const NAME: &'static str = "organizations:DescribeCreateAccountStatus";
    const ASKS: &'static [&'static str] = &["organizations:DescribeCreateAccountStatus"];
    const EFFECT: Effect = Effect::Read;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask(Self::NAME, view)?])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        who::organization(act)?;
        let request = act.read().requests.get(&input.create_account_request_id);
        let text = "You specified a create account request that doesn't exist.";
        let missing = || fault::new("CreateAccountStatusNotFoundException", text);
        let create_account_status = RequestView::of(request.ok_or_else(missing)?);
        Ok(Output { create_account_status })
    }
}
