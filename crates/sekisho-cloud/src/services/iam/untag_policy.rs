//! `UntagPolicy`. Source: IAM API Reference, "UntagPolicy".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::policies;
use super::state::Iam;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:UntagPolicy`.
#[derive(Debug)]
pub struct UntagPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The ARN of the policy.
    pub policy_arn: String,
    /// The keys to take away; what is not there is not missed.
    #[serde(default)]
    pub tag_keys: Vec<String>,
}

impl Operation for UntagPolicy {
    const NAME: &'static str = "iam:UntagPolicy";
    const ASKS: &'static [&'static str] = &["iam:UntagPolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = policies::ask("iam:UntagPolicy", &input.policy_arn, view)?;
        Ok(vec![ask.untagging(&input.tag_keys)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        policies::own(act.read(), &input.policy_arn)?;
        if let Some(policy) = act.state().policies.edit(&input.policy_arn) {
            policy.tags.retain(|key, _| !input.tag_keys.contains(key));
        }
        Ok(Empty {})
    }
}
