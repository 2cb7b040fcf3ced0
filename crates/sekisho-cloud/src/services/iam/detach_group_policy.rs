//! `DetachGroupPolicy`. Source: IAM API Reference, "DetachGroupPolicy".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{attached, who};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:DetachGroupPolicy`.
#[derive(Debug)]
pub struct DetachGroupPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The group.
    pub group_name: String,
    /// The ARN of the managed policy.
    pub policy_arn: String,
}

impl Operation for DetachGroupPolicy {
    const NAME: &'static str = "iam:DetachGroupPolicy";
    const ASKS: &'static [&'static str] = &["iam:DetachGroupPolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = who::ask_group("iam:DetachGroupPolicy", &input.group_name, view)?;
        Ok(vec![ask.with("iam:PolicyARN", input.policy_arn.as_str())])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let group = act.read().group(account, &input.group_name)?;
        attached::check_detach(&group.attached, &input.policy_arn)?;
        if let Some(group) = act.state().groups.edit(&named(account, &input.group_name)) {
            group.attached.managed.remove(&input.policy_arn);
        }
        Ok(Empty {})
    }
}
