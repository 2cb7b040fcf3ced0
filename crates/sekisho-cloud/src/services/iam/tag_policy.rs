//! `TagPolicy`. Keys of a policy's tags differ by case, other than those of users and roles (recorded).
//! Source: IAM API Reference, "TagPolicy".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::Iam;
use super::tags::Tag;
use super::{policies, policy_tags, tags};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:TagPolicy`.
#[derive(Debug)]
pub struct TagPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The ARN of the policy.
    pub policy_arn: String,
    /// Tags to add; a key that is there is replaced.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Operation for TagPolicy {
    const NAME: &'static str = "iam:TagPolicy";
    const ASKS: &'static [&'static str] = &["iam:TagPolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = policies::ask("iam:TagPolicy", &input.policy_arn, view)?;
        Ok(vec![ask.tagging(&tags::map(&input.tags))])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let policy = policies::own(act.read(), &input.policy_arn)?;
        let tags = policy_tags::added(&policy.tags, &input.tags)?;
        if let Some(policy) = act.state().policies.edit(&input.policy_arn) {
            policy.tags = tags;
        }
        Ok(Empty {})
    }
}
