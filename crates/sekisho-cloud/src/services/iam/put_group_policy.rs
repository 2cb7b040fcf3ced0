//! `PutGroupPolicy`. Source: IAM API Reference, "PutGroupPolicy".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::inline::Holder;
use super::state::{Iam, named};
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:PutGroupPolicy`.
#[derive(Debug)]
pub struct PutGroupPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The group.
    pub group_name: String,
    /// The name of the policy; one of the same name is replaced.
    pub policy_name: String,
    /// The policy.
    pub policy_document: String,
}

impl Operation for PutGroupPolicy {
    const NAME: &'static str = "iam:PutGroupPolicy";
    const ASKS: &'static [&'static str] = &["iam:PutGroupPolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![who::ask_group("iam:PutGroupPolicy", &input.group_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let group = act.read().group(account, &input.group_name)?;
        let holder = Holder::group(&group.name);
        let attached = holder.put(&group.attached, input.policy_name, input.policy_document)?;
        if let Some(group) = act.state().groups.edit(&named(account, &input.group_name)) {
            group.attached = attached;
        }
        Ok(Empty {})
    }
}
