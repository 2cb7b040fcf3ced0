//! `MoveAccount`: account and both parents are asked about. Source: Organizations API Reference, "MoveAccount".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::fault;
use super::state::Organizations;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:MoveAccount`.
#[derive(Debug)]
pub struct MoveAccount;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The account.
    pub account_id: String,
    /// What it is in.
    pub source_parent_id: String,
    /// What it will be in.
    pub destination_parent_id: String,
}

impl Operation for MoveAccount {
    const NAME: &'static str = "organizations:MoveAccount";
    const ASKS: &'static [&'static str] = &["organizations:MoveAccount"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        let things = [&input.account_id, &input.source_parent_id, &input.destination_parent_id];
        things.into_iter().map(|id| who::ask_on(Self::NAME, id, view)).collect()
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Empty, Fault> {
        who::organization(act)?;
        let state = act.state();
        let (from, to) = (&input.source_parent_id, &input.destination_parent_id);
        let parent = state.member(&input.account_id)?.parent.clone();
        if !state.units.has(from) || parent != *from {
            let text = "You specified a source parent that doesn't exist.";
            return Err(fault::new("SourceParentNotFoundException", text));
        }
        if !state.units.has(to) {
            let text = "You specified a destination parent that doesn't exist.";
            return Err(fault::new("DestinationParentNotFoundException", text));
        }
        if from == to {
            let text = "That account is already present in the specified destination.";
            return Err(fault::new("DuplicateAccountException", text));
        }
        if let Some(member) = state.members.edit(&input.account_id) {
            member.parent = input.destination_parent_id;
        }
        Ok(Empty {})
    }
}
