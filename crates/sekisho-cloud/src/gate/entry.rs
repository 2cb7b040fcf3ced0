//! What the gate writes down of one call.

use sekisho_iam::{AccountId, Decision, LayerSet, Outcome};
use sekisho_wire::Value;

use super::Frame;
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Event};

/// One call: who, what, what was asked, what came of it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// `kms:Decrypt`.
    pub name: String,
    /// Whether it changes anything; unknown operations are taken to.
    pub effect: Effect,
    /// Which kind of trail event it makes.
    pub event: Event,
    /// Who, where, how.
    pub frame: Frame,
    /// When, in milliseconds since 1970.
    pub time_ms: i64,
    /// The id of the request.
    pub request_id: String,
    /// The id of its trail event.
    pub event_id: String,
    /// The input, by the model's names.
    pub request: Option<Value>,
    /// The output, of operations that change something or hand out credentials.
    pub response: Option<Value>,
    /// The questions that were asked, up to the first refusal.
    pub asked: Vec<Asked>,
    /// How it failed, if it did.
    pub fault: Option<Fault>,
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// `kms:GenerateDataKey`.
    pub action: String,
    /// The ARN, or `*`.
    pub resource: String,
    /// The account that owns the resource.
    pub account: Option<AccountId>,
    /// The answer.
    pub outcome: Outcome,
    /// The layers that decided.
    pub layers: LayerSet,
}

impl Asked {
    /// A question that is not answered: a no until it is.
    pub(super) fn new(ask: &Ask<'_>, account: Option<AccountId>) -> Self {
        Self {
            action: ask.action.to_string(),
            resource: ask.resource.arn.clone(),
            account,
            outcome: Outcome::ImplicitlyDenied,
            layers: LayerSet::EMPTY,
        }
    }

    /// Writes the answer down.
    pub(super) fn decided(&mut self, decision: Decision) {
        self.outcome = decision.outcome;
        self.layers = decision.layers;
    }
}

impl Entry {
    /// Whether a missing permission is why it failed.
    pub fn is_denied(&self) -> bool {
        self.fault.as_ref().is_some_and(|fault| fault.denial)
    }
}
