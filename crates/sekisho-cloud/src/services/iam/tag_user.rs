//! `TagUser`. Source: IAM API Reference, "TagUser".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::tags::Tag;
use super::{tags, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:TagUser`.
#[derive(Debug)]
pub struct TagUser;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user.
    pub user_name: String,
    /// Tags to add; a key that is there, whatever its case, is replaced.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Operation for TagUser {
    const NAME: &'static str = "iam:TagUser";
    const ASKS: &'static [&'static str] = &["iam:TagUser"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = who::ask_user("iam:TagUser", &input.user_name, view)?;
        Ok(vec![ask.tagging(&tags::map(&input.tags))])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let user = act.read().user(account, &input.user_name)?;
        let tags = tags::added(&user.tags, &input.tags)?;
        if let Some(user) = act.state().users.edit(&named(account, &input.user_name)) {
            user.tags = tags;
        }
        Ok(Empty {})
    }
}
