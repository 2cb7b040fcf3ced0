//! `InviteAccountToOrganization`. Source: Organizations API Reference, "InviteAccountToOrganization".

use serde::{Deserialize, Serialize};

use super::fault;
use super::ids;
use super::state::Organizations;
use super::state::{ACCOUNTS_MAX, Handshake};
use super::tags;
use super::tags::Tag;
use super::views::HandshakeView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use sekisho_iam::AccountId;
use std::collections::BTreeMap;

/// How long an invitation is open: 15 days. Source: Organizations User Guide, "Quotas".
const OPEN_MS: i64 = 15 * 24 * 60 * 60 * 1000;

/// Who is invited.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Target {
    /// The number of the account.
    pub id: String,
    /// That it is a number.
    pub r#type: TargetType,
}

/// How an account is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TargetType {
    /// By its number.
    #[serde(rename = "ACCOUNT")]
    Account,
}

/// `organizations:InviteAccountToOrganization`.
#[derive(Debug)]
pub struct InviteAccountToOrganization;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Who is invited.
    pub target: Target,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    handshake: HandshakeView,
}

impl Operation for InviteAccountToOrganization {
    const NAME: &'static str = "organizations:InviteAccountToOrganization";
    const ASKS: &'static [&'static str] =
        &["organizations:InviteAccountToOrganization", "organizations:TagResource"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = who::ask_on(Self::NAME, &input.target.id, view)?;
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
        let number = &input.target.id;
        let account = number.parse().ok().filter(|account| act.directory().has_account(*account));
        let text = "You specified an account that doesn't exist.";
        let account: AccountId =
            account.ok_or_else(|| fault::invalid("INVALID_PATTERN_TARGET_ID", text))?;
        let tags = tags::added(&input.tags, BTreeMap::new())?;
        let (now_ms, state) = (act.now_ms(), act.read());
        if state.members.has(number) {
            return Err(fault::constraint_of_handshake("ALREADY_IN_AN_ORGANIZATION"));
        }
        if state.members.len() >= ACCOUNTS_MAX {
            return Err(fault::constraint_of_handshake("ACCOUNT_NUMBER_LIMIT_EXCEEDED"));
        }
        if state.invites(account, now_ms) {
            let text = "A handshake with the same action and target already exists.";
            return Err(fault::new("DuplicateHandshakeException", text));
        }
        let handshake = Handshake {
            id: ids::handshake(act.dice()),
            account,
            requested_ms: now_ms,
            expires_ms: now_ms + OPEN_MS,
            accepted: false,
            tags,
        };
        act.state().handshakes.put(handshake.id.clone(), handshake.clone());
        Ok(Output { handshake: HandshakeView::of(&handshake, &organization) })
    }
}

impl Output {
    /// The id of the invitation.
    pub(crate) fn handshake_id(&self) -> &str {
        self.handshake.id()
    }
}
