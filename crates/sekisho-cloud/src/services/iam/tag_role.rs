//! `TagRole`. Source: IAM API Reference, "TagRole".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::tags::Tag;
use super::{roles, tags};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:TagRole`.
#[derive(Debug)]
pub struct TagRole;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_name: String,
    /// Tags to add; a key that is there, whatever its case, is replaced.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Operation for TagRole {
    const NAME: &'static str = "iam:TagRole";
    const ASKS: &'static [&'static str] = &["iam:TagRole"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = roles::ask("iam:TagRole", &input.role_name, view)?;
        Ok(vec![ask.tagging(&tags::map(&input.tags))])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let role = act.read().role(account, &input.role_name)?;
        let tags = tags::added(&role.tags, &input.tags)?;
        if let Some(role) = act.state().roles.edit(&named(account, &input.role_name)) {
            role.tags = tags;
        }
        Ok(Empty {})
    }
}
