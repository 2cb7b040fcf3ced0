//! `UpdateOrganizationalUnit`. Source: Organizations API Reference, "UpdateOrganizationalUnit".

use serde::{Deserialize, Serialize};

use super::fault;
use super::state::Organizations;
use super::views::UnitView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:UpdateOrganizationalUnit`.
#[derive(Debug)]
pub struct UpdateOrganizationalUnit;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The unit.
    pub organizational_unit_id: String,
    /// Its new name.
    pub name: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    organizational_unit: UnitView,
}

impl Operation for UpdateOrganizationalUnit {
    const NAME: &'static str = "organizations:UpdateOrganizationalUnit";
    const ASKS: &'static [&'static str] = &["organizations:UpdateOrganizationalUnit"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_on(Self::NAME, &input.organizational_unit_id, view)?])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        let organization = who::organization(act)?;
        let id = &input.organizational_unit_id;
        let state = act.read();
        let unit = state.unit(id)?;
        let name = input.name.unwrap_or_else(|| unit.name.clone());
        let parent = unit.parent.as_deref().unwrap_or_default();
        if state.units_in(parent).any(|other| other.name == name && other.id != *id) {
            return Err(fault::unit_exists());
        }
        let state = act.state();
        if let Some(unit) = state.units.edit(id) {
            unit.name = name;
        }
        let organizational_unit = UnitView::of(state.unit(id)?, &organization, state);
        Ok(Output { organizational_unit })
    }
}
