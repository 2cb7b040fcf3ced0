//! `PutKeyPolicy`. Source: KMS API Reference, "PutKeyPolicy".

use serde::{Deserialize, Serialize};

use super::state::Kms;
use super::{admin, find, lockout, policy};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:PutKeyPolicy`.
#[derive(Debug)]
pub struct PutKeyPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id or ARN.
    pub key_id: String,
    /// `default`.
    pub policy_name: Option<String>,
    /// The policy.
    pub policy: String,
    /// Whether it may shut out whoever puts it.
    pub bypass_policy_lockout_safety_check: Option<bool>,
}

/// The output has no members.
#[derive(Debug, Serialize)]
pub struct Output {}

impl Operation for PutKeyPolicy {
    const NAME: &'static str = "kms:PutKeyPolicy";
    const ASKS: &'static [&'static str] = &["kms:PutKeyPolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        let bypass = input.bypass_policy_lockout_safety_check.map(|bypass| bypass.to_string());
        let ask = admin::ask(Self::NAME, &input.key_id, view)?;
        Ok(vec![ask.with_some("kms:BypassPolicyLockoutSafetyCheck", bypass)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = admin::take(&input.key_id, act)?;
        policy::check_name(input.policy_name.as_deref())?;
        let mut key = find::key(&row, act)?.clone();
        key.policy = policy::read(&input.policy, &act.directory())?;
        if input.bypass_policy_lockout_safety_check != Some(true) {
            lockout::check(&key, &act.view())?;
        }
        act.state().keys.put(row, key);
        Ok(Output {})
    }
}
