//! `CreateOrganizationalUnit`. Source: Organizations API Reference, "CreateOrganizationalUnit".

use serde::{Deserialize, Serialize};

use super::fault;
use super::ids;
use super::state::Organizations;
use super::state::Unit;
use super::tags;
use super::tags::Tag;
use super::views::UnitView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use std::collections::BTreeMap;

/// The most units of an organization. Source: Organizations User Guide, "Quotas".
const UNITS_MAX: usize = 2_000;
/// The most units below each other under the root. Source: likewise.
const DEPTH_MAX: usize = 5;

/// `organizations:CreateOrganizationalUnit`.
#[derive(Debug)]
pub struct CreateOrganizationalUnit;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The root or unit that it is in.
    pub parent_id: String,
    /// Its name.
    pub name: String,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    organizational_unit: UnitView,
}

impl Operation for CreateOrganizationalUnit {
    const NAME: &'static str = "organizations:CreateOrganizationalUnit";
    const ASKS: &'static [&'static str] =
        &["organizations:CreateOrganizationalUnit", "organizations:TagResource"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = who::ask_on(Self::NAME, &input.parent_id, view)?;
        let mut asks = vec![ask.tagging(&tags::map(&input.tags))];
        if !input.tags.is_empty() {
            asks.push(
                who::ask("organizations:TagResource", view)?.tagging(&tags::map(&input.tags)),
            );
        }
        Ok(asks)
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        let organization = who::organization(act)?;
        let tags = tags::added(&input.tags, BTreeMap::new())?;
        let state = act.read();
        state.parent(&input.parent_id)?;
        if state.units_in(&input.parent_id).any(|unit| unit.name == input.name) {
            return Err(fault::unit_exists());
        }
        if state.units.len() > UNITS_MAX {
            let text = "You have exceeded the number of OUs allowed in an organization.";
            return Err(fault::limit("OU_NUMBER_LIMIT_EXCEEDED", text));
        }
        if state.lineage(&input.parent_id).len() > DEPTH_MAX {
            let text = "You have exceeded the depth of OU trees allowed in an organization.";
            return Err(fault::limit("OU_DEPTH_LIMIT_EXCEEDED", text));
        }
        let id = ids::unit(&organization.root, act.dice());
        let unit = Unit { id: id.clone(), name: input.name, parent: Some(input.parent_id), tags };
        let state = act.state();
        state.units.put(id.clone(), unit.clone());
        state.open_up(&id);
        Ok(Output { organizational_unit: UnitView::of(&unit, &organization, state) })
    }
}

impl Output {
    /// The id of the new unit.
    pub(crate) fn id(&self) -> &str {
        self.organizational_unit.id()
    }
}
