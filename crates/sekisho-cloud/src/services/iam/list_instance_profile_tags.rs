//! `ListInstanceProfileTags`. Source: IAM API Reference, "ListInstanceProfileTags".

use serde::{Deserialize, Serialize};

use super::state::Iam;
use super::tags::Tag;
use super::{profiles, tags};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListInstanceProfileTags`.
#[derive(Debug)]
pub struct ListInstanceProfileTags;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The instance profile.
    pub instance_profile_name: String,
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

impl Operation for ListInstanceProfileTags {
    const NAME: &'static str = "iam:ListInstanceProfileTags";
    const ASKS: &'static [&'static str] = &["iam:ListInstanceProfileTags"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = &input.instance_profile_name;
        Ok(vec![profiles::ask("iam:ListInstanceProfileTags", name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let profile = act.read().profile(act.account()?, &input.instance_profile_name)?;
        let page = tags::page(&profile.tags, input.marker.as_deref(), input.max_items)?;
        Ok(Output { is_truncated: page.is_truncated(), tags: page.items, marker: page.marker })
    }
}
