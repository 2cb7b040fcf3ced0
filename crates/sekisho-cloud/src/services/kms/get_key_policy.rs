//! `GetKeyPolicy`: the text as it was put; principals that are gone show as their ids. Source: KMS
//! API Reference, "GetKeyPolicy".

use serde::{Deserialize, Serialize};

use super::state::Kms;
use super::{admin, find, policy};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `kms:GetKeyPolicy`.
#[derive(Debug)]
pub struct GetKeyPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The key, by id or ARN.
    pub key_id: String,
    /// `default`.
    pub policy_name: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    /// The policy.
    pub policy: String,
    /// `default`.
    pub policy_name: &'static str,
}

impl Operation for GetKeyPolicy {
    const NAME: &'static str = "kms:GetKeyPolicy";
    const ASKS: &'static [&'static str] = &["kms:GetKeyPolicy"];
    const EFFECT: Effect = Effect::Read;

    type State = Kms;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Kms>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![admin::ask(Self::NAME, &input.key_id, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Kms>) -> Result<Output, Fault> {
        let row = admin::take(&input.key_id, act)?;
        policy::check_name(input.policy_name.as_deref())?;
        let policy = find::key(&row, act)?.policy.shown(&act.directory());
        Ok(Output { policy, policy_name: policy::NAME })
    }
}
