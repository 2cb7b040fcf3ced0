//! `ListTagsForResource` for parameters.
//! Source: Systems Manager API Reference, "ListTagsForResource".

use serde::{Deserialize, Serialize};

use super::state::Ssm;
use super::tags::{self, Tag};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `ssm:ListTagsForResource`.
#[derive(Debug)]
pub struct ListTagsForResource;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// `Parameter`.
    pub resource_type: String,
    /// The name of the parameter.
    pub resource_id: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The tags.
    pub tag_list: Vec<Tag>,
}

impl Operation for ListTagsForResource {
    const NAME: &'static str = "ssm:ListTagsForResource";
    const ASKS: &'static [&'static str] = &["ssm:ListTagsForResource"];
    const EFFECT: Effect = Effect::Read;

    type State = Ssm;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Ssm>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![tags::ask(Self::NAME, &input.resource_type, &input.resource_id, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Ssm>) -> Result<Output, Fault> {
        let (_, held) = tags::held(&input.resource_id, act)?;
        let tag_list = held.into_iter().map(|(key, value)| Tag { key, value }).collect();
        Ok(Output { tag_list })
    }
}
