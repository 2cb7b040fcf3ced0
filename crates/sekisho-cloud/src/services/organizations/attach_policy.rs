//! `AttachPolicy`: policy and target are asked about. What it controls is bound at once. Source: Organizations API Reference, "AttachPolicy".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::fault;
use super::state::OrganizationPolicyKind as Kind;
use super::state::Organizations;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:AttachPolicy`.
#[derive(Debug)]
pub struct AttachPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The policy.
    pub policy_id: String,
    /// The root, unit or account.
    pub target_id: String,
}

impl Operation for AttachPolicy {
    const NAME: &'static str = "organizations:AttachPolicy";
    const ASKS: &'static [&'static str] = &["organizations:AttachPolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        let policy = who::ask_on_policy(Self::NAME, &input.policy_id, view)?;
        let kind = view.state().policies.get(&input.policy_id).map(|policy| policy.kind.name());
        let target = who::ask_on(Self::NAME, &input.target_id, view)?;
        Ok(vec![policy, target.with_some("organizations:PolicyType", kind)])
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Empty, Fault> {
        let organization = who::organization(act)?;
        let state = act.state();
        let kind = state.policy(&input.policy_id)?.kind;
        state.check_target(&input.target_id)?;
        if !organization.enables(kind) {
            return Err(fault::type_is_off());
        }
        let key = format!("{}/{}", input.target_id, input.policy_id);
        if state.attachments.has(&key) {
            return Err(fault::attached_already());
        }
        if state.attached(&input.target_id, kind).count() >= attached_max(kind) {
            let text = "You have attached the maximum number of policies to the specified target.";
            return Err(fault::limit("MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", text));
        }
        state.attachments.put(key, ());
        Ok(Empty {})
    }
}

/// The most policies of a kind at one place. Source: Organizations User Guide, "Quotas" (ten SCPs since
/// May 2026).
fn attached_max(kind: Kind) -> usize {
    match kind {
        Kind::Scp => 10,
        Kind::Rcp => 5,
    }
}
