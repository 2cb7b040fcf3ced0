//! `UntagRole`. Source: IAM API Reference, "UntagRole".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{roles, tags};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:UntagRole`.
#[derive(Debug)]
pub struct UntagRole;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_name: String,
    /// The keys to take away; what is not there is not missed.
    #[serde(default)]
    pub tag_keys: Vec<String>,
}

impl Operation for UntagRole {
    const NAME: &'static str = "iam:UntagRole";
    const ASKS: &'static [&'static str] = &["iam:UntagRole"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = roles::ask("iam:UntagRole", &input.role_name, view)?;
        Ok(vec![ask.untagging(&input.tag_keys)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let role = act.read().role(account, &input.role_name)?;
        let tags = tags::without(&role.tags, &input.tag_keys);
        if let Some(role) = act.state().roles.edit(&named(account, &input.role_name)) {
            role.tags = tags;
        }
        Ok(Empty {})
    }
}
