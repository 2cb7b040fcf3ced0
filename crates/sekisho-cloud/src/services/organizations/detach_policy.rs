//! `DetachPolicy`: one SCP always stays, and the RCP that allows everything as well. Source: Organizations API Reference, "DetachPolicy".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::fault;
use super::state::OrganizationPolicyKind as Kind;
use super::state::Organizations;
use super::things;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `organizations:DetachPolicy`.
#[derive(Debug)]
pub struct DetachPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The policy.
    pub policy_id: String,
    /// The root, unit or account.
    pub target_id: String,
}

impl Operation for DetachPolicy {
    const NAME: &'static str = "organizations:DetachPolicy";
    const ASKS: &'static [&'static str] = &["organizations:DetachPolicy"];
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
        who::organization(act)?;
        let state = act.state();
        let kind = state.policy(&input.policy_id)?.kind;
        state.check_target(&input.target_id)?;
        let key = format!("{}/{}", input.target_id, input.policy_id);
        if !state.attachments.has(&key) {
            let text = "The policy isn't attached to the specified target in the specified root.";
            return Err(fault::new("PolicyNotAttachedException", text));
        }
        if input.policy_id == things::FULL_RCP {
            return Err(fault::invalid("NON_DETACHABLE_POLICY", "You cannot detach this policy."));
        }
        if kind == Kind::Scp && state.attached(&input.target_id, kind).count() == 1 {
            let text = "You cannot remove the last policy attached to the specified target. You must have \
                        at least one attached at all times.";
            return Err(fault::limit("MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", text));
        }
        state.attachments.remove(&key);
        Ok(Empty {})
    }
}
