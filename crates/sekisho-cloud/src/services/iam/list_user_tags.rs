//! `ListUserTags`. Source: IAM API Reference, "ListUserTags".

use serde::{Deserialize, Serialize};

use super::state::Iam;
use super::tags::Tag;
use super::{tags, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListUserTags`.
#[derive(Debug)]
pub struct ListUserTags;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The user.
    pub user_name: String,
    /// Where the page begins; the first page where it is left out.
    pub marker: Option<String>,
    /// How many items a page has at most.
    pub max_items: Option<u32>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    tags: Vec<Tag>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for ListUserTags {
    const NAME: &'static str = "iam:ListUserTags";
    const ASKS: &'static [&'static str] = &["iam:ListUserTags"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_user("iam:ListUserTags", &input.user_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let user = act.read().user(act.account()?, &input.user_name)?;
        let page = tags::page(&user.tags, input.marker.as_deref(), input.max_items)?;
        Ok(Output { is_truncated: page.is_truncated(), tags: page.items, marker: page.marker })
    }
}
