//! `UntagUser`. Source: IAM API Reference, "UntagUser".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{tags, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:UntagUser`.
#[derive(Debug)]
pub struct UntagUser;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user.
    pub user_name: String,
    /// The keys to take away; what is not there is not missed.
    #[serde(default)]
    pub tag_keys: Vec<String>,
}

impl Operation for UntagUser {
    const NAME: &'static str = "iam:UntagUser";
    const ASKS: &'static [&'static str] = &["iam:UntagUser"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = who::ask_user("iam:UntagUser", &input.user_name, view)?;
        Ok(vec![ask.untagging(&input.tag_keys)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let user = act.read().user(account, &input.user_name)?;
        let tags = tags::without(&user.tags, &input.tag_keys);
        if let Some(user) = act.state().users.edit(&named(account, &input.user_name)) {
            user.tags = tags;
        }
        Ok(Empty {})
    }
}
