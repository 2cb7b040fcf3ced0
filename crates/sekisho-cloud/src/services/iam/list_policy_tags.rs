//! `ListPolicyTags`: short keys first (recorded). Source: IAM API Reference, "ListPolicyTags".

use serde::{Deserialize, Serialize};

use super::state::Iam;
use super::tags::Tag;
use super::{policies, policy_tags};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListPolicyTags`.
#[derive(Debug)]
pub struct ListPolicyTags;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The ARN of the policy.
    pub policy_arn: String,
    /// Where the page begins; the first page where it is left out.
    pub marker: Option<String>,
    /// How many items a page has at most.
    pub max_items: Option<u32>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    tags: Vec<Tag>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for ListPolicyTags {
    const NAME: &'static str = "iam:ListPolicyTags";
    const ASKS: &'static [&'static str] = &["iam:ListPolicyTags"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![policies::ask("iam:ListPolicyTags", &input.policy_arn, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let policy = policies::own(act.read(), &input.policy_arn)?;
        let page = policy_tags::page(&policy.tags, input.marker.as_deref(), input.max_items)?;
        Ok(Output { is_truncated: page.is_truncated(), tags: page.items, marker: page.marker })
    }
}
