//! `CreatePolicy`: it can be made before its type is enabled, and attached after. Source: Organizations API Reference, "CreatePolicy".

use serde::{Deserialize, Serialize};

use super::document;
use super::fault;
use super::ids;
use super::state::OrganizationPolicy;
use super::state::OrganizationPolicyKind as Kind;
use super::state::Organizations;
use super::tags;
use super::tags::Tag;
use super::views::PolicyView;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use std::collections::BTreeMap;

/// `organizations:CreatePolicy`.
#[derive(Debug)]
pub struct CreatePolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its text.
    pub content: String,
    /// What it is for.
    pub description: String,
    /// Its name.
    pub name: String,
    /// What it controls.
    pub r#type: Kind,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    policy: PolicyView,
}

impl Operation for CreatePolicy {
    const NAME: &'static str = "organizations:CreatePolicy";
    const ASKS: &'static [&'static str] =
        &["organizations:CreatePolicy", "organizations:TagResource"];
    const EFFECT: Effect = Effect::Write;

    type State = Organizations;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Organizations>) -> Result<Vec<Ask<'a>>, Fault> {
        let ask = who::ask(Self::NAME, view)?.with("organizations:PolicyType", input.r#type.name());
        let mut asks = vec![ask.tagging(&tags::map(&input.tags))];
        if !input.tags.is_empty() {
            asks.push(
                who::ask("organizations:TagResource", view)?.tagging(&tags::map(&input.tags)),
            );
        }
        Ok(asks)
    }

    fn act(
        _: Permit<Self>,
        input: Input,
        act: &mut Act<'_, Organizations>,
    ) -> Result<Output, Fault> {
        let organization = who::organization(act)?;
        let kind = input.r#type;
        if !organization.all_features {
            return Err(fault::type_is_unavailable());
        }
        let tags = tags::added(&input.tags, BTreeMap::new())?;
        if act.read().policy_named(kind, &input.name).is_some() {
            return Err(fault::policy_exists());
        }
        if act.read().own_policies(kind).count() >= policies_max(kind) {
            let text = "You have exceeded the number of policies allowed in an organization.";
            return Err(fault::limit("POLICY_NUMBER_LIMIT_EXCEEDED", text));
        }
        document::check(&input.content, kind)?;
        let policy = OrganizationPolicy {
            id: ids::policy(act.dice()),
            name: input.name,
            description: input.description,
            kind,
            text: input.content,
            aws_managed: false,
            tags,
        };
        act.state().policies.put(policy.id.clone(), policy.clone());
        Ok(Output { policy: PolicyView::of(&policy, &organization) })
    }
}

/// The most policies of a kind. Source: Organizations User Guide, "Quotas".
fn policies_max(kind: Kind) -> usize {
    match kind {
        Kind::Scp => 10_000,
        Kind::Rcp => 1_000,
    }
}
