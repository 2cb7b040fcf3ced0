//! `AcceptHandshake`: the invited account joins, in the root. Source: Organizations API Reference, "AcceptHandshake".

use serde::{Deserialize, Serialize};

use super::fault;
use super::state::Member;
use super::state::ORGANIZATION;
use super::state::Organizations;
use super::views::HandshakeView;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:AcceptHandshake`.
#[derive(Debug)]
pub struct AcceptHandshake;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The invitation.
    pub handshake_id: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    handshake: HandshakeView,
}

impl Operation for AcceptHandshake {
    const NAME: &'static str = "organizations:AcceptHandshake";
    const ASKS: &'static [&'static str] = &["organizations:AcceptHandshake"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, _: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to(Self::NAME)])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        let (account, now_ms) = (act.account()?, act.now_ms());
        let state = act.read();
        let organization = state.organization.get(ORGANIZATION).cloned();
        let handshake =
            state.handshakes.get(&input.handshake_id).filter(|one| one.account == account);
        let text = "You specified a handshake that doesn't exist.";
        let missing = || fault::new("HandshakeNotFoundException", text);
        let (organization, mut handshake) =
            organization.zip(handshake.cloned()).ok_or_else(missing)?;
        if !handshake.is_open(now_ms) {
            let text = "You can't perform the operation on the handshake in its current state.";
            return Err(fault::new("InvalidHandshakeTransitionException", text));
        }
        if state.of(account).is_some() {
            return Err(fault::constraint_of_handshake("ALREADY_IN_AN_ORGANIZATION"));
        }
        let tags = handshake.tags.clone();
        let member = Member { tags, ..Member::joining(account, &organization.root, act) };
        handshake.accepted = true;
        let state = act.state();
        state.handshakes.put(input.handshake_id, handshake.clone());
        state.members.put(account.to_string(), member);
        state.open_up(&account.to_string());
        Ok(Output { handshake: HandshakeView::of(&handshake, &organization) })
    }
}
