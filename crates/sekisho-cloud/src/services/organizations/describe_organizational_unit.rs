//! `DescribeOrganizationalUnit`. Source: Organizations API Reference, "DescribeOrganizationalUnit".

use serde::{Deserialize, Serialize};

use super::state::Organizations;
use super::views::UnitView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:DescribeOrganizationalUnit`.
#[derive(Debug)]
pub struct DescribeOrganizationalUnit;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The unit.
    pub organizational_unit_id: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    organizational_unit: UnitView,
}

impl Operation for DescribeOrganizationalUnit {
    const NAME: &'static str = "organizations:DescribeOrganizationalUnit";
    const ASKS: &'static [&'static str] = &["organizations:DescribeOrganizationalUnit"];
    const EFFECT: Effect = Effect::Read;

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
        let state = act.read();
        let unit = state.unit(&input.organizational_unit_id)?;
        Ok(Output { organizational_unit: UnitView::of(unit, &organization, state) })
    }
}
