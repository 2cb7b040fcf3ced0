//! `ListOrganizationalUnitsForParent`. Source: Organizations API Reference, "ListOrganizationalUnitsForParent".

use serde::{Deserialize, Serialize};

use super::page::page;
use super::state::Organizations;
use super::views::UnitView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:ListOrganizationalUnitsForParent`.
#[derive(Debug)]
pub struct ListOrganizationalUnitsForParent;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The root or unit.
    pub parent_id: String,
    /// Where the page begins.
    pub next_token: Option<String>,
    /// How many items it has at most.
    pub max_results: Option<usize>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    organizational_units: Vec<UnitView>,
    next_token: Option<String>,
}

impl Operation for ListOrganizationalUnitsForParent {
    const NAME: &'static str = "organizations:ListOrganizationalUnitsForParent";
    const ASKS: &'static [&'static str] = &["organizations:ListOrganizationalUnitsForParent"];
    const EFFECT: Effect = Effect::Read;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_on(Self::NAME, &input.parent_id, view)?])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        let organization = who::organization(act)?;
        let state = act.read();
        state.parent(&input.parent_id)?;
        let units = state.units_in(&input.parent_id);
        let units = units.map(|unit| (unit.id.clone(), UnitView::of(unit, &organization, state)));
        let (organizational_units, next_token) =
            page(units, input.next_token.as_deref(), input.max_results)?;
        Ok(Output { organizational_units, next_token })
    }
}
