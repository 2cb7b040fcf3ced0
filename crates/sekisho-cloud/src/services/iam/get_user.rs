//! `GetUser`: without a name, the user who calls. Source: IAM API Reference, "GetUser".

use serde::{Deserialize, Serialize};

use super::state::Iam;
use super::user_view::UserView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:GetUser`.
#[derive(Debug)]
pub struct GetUser;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user; the caller where it is left out.
    pub user_name: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    user: UserView,
}

impl Operation for GetUser {
    const NAME: &'static str = "iam:GetUser";
    const ASKS: &'static [&'static str] = &["iam:GetUser"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = who::user(input.user_name.as_deref(), view.principal())?;
        Ok(vec![who::ask_user("iam:GetUser", &name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let name = who::user(input.user_name.as_deref(), act.principal())?;
        let user = act.read().user(act.account()?, &name)?;
        Ok(Output { user: UserView::of(user) })
    }
}
