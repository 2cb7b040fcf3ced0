//! `AddTagsToResource` for parameters.
//! Source: Systems Manager API Reference, "AddTagsToResource".

use serde::{Deserialize, Serialize};

use super::state::Ssm;
use super::tags::{self, Tag};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `ssm:AddTagsToResource`.
#[derive(Debug)]
pub struct AddTagsToResource;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// `Parameter`.
    pub resource_type: String,
    /// The name of the parameter.
    pub resource_id: String,
    /// The tags.
    pub tags: Vec<Tag>,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for AddTagsToResource {
    const NAME: &'static str = "ssm:AddTagsToResource";
    const ASKS: &'static [&'static str] = &["ssm:AddTagsToResource"];
    const EFFECT: Effect = Effect::Write;

    type State = Ssm;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Ssm>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = tags::ask(Self::NAME, &input.resource_type, &input.resource_id, view)?;
        Ok(vec![ask.tagging(&tags::map(&input.tags))])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Ssm>) -> Result<Output, Fault> {
        let (row, mut held) = tags::held(&input.resource_id, act)?;
        tags::add(&mut held, &input.tags)?;
        tags::keep(&row, held, act);
        Ok(Output {})
    }
}
