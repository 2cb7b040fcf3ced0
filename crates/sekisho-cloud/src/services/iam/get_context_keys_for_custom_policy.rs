//! `GetContextKeysForCustomPolicy`: the condition keys that policies name. Source: IAM API
//! Reference, "GetContextKeysForCustomPolicy".

use serde::{Deserialize, Serialize};

use super::simulation::{Source, keys, sent};
use super::state::Iam;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:GetContextKeysForCustomPolicy`.
#[derive(Debug)]
pub struct GetContextKeysForCustomPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The policies.
    #[serde(default)]
    pub policy_input_list: Vec<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    context_key_names: Vec<String>,
}

impl Operation for GetContextKeysForCustomPolicy {
    const NAME: &'static str = "iam:GetContextKeysForCustomPolicy";
    const ASKS: &'static [&'static str] = &["iam:GetContextKeysForCustomPolicy"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, _: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![Ask::to("iam:GetContextKeysForCustomPolicy")])
    }

    fn act(_: Permit<Self>, input: Input, _: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let sources = sent("PolicyInputList", &input.policy_input_list)?;
        Ok(Output { context_key_names: keys::of(sources.iter().filter_map(Source::document)) })
    }
}
