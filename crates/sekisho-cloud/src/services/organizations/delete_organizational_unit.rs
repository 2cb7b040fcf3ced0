//! `DeleteOrganizationalUnit`: only of an empty one. Source: Organizations API Reference, "DeleteOrganizationalUnit".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::fault;
use super::state::Organizations;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:DeleteOrganizationalUnit`.
#[derive(Debug)]
pub struct DeleteOrganizationalUnit;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The unit.
    pub organizational_unit_id: String,
}

impl Operation for DeleteOrganizationalUnit {
    const NAME: &'static str = "organizations:DeleteOrganizationalUnit";
    const ASKS: &'static [&'static str] = &["organizations:DeleteOrganizationalUnit"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_on(Self::NAME, &input.organizational_unit_id, view)?])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Empty, Fault> {
        who::organization(act)?;
        let id = &input.organizational_unit_id;
        let state = act.state();
        state.unit(id)?;
        if state.units_in(id).next().is_some() || state.members_in(id).next().is_some() {
            let text = "The specified OU is not empty. Move all accounts to another root or to other OUs, \
                remove all child OUs, and try the operation again.";
            return Err(fault::new("OrganizationalUnitNotEmptyException", text));
        }
        state.close_off(id);
        state.units.remove(id);
        Ok(Empty {})
    }
}
