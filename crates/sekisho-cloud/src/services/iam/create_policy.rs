//! `CreatePolicy`: a customer managed policy. Source: IAM API Reference, "CreatePolicy"; service
//! authorization reference (a request with tags also asks `iam:TagPolicy`); a denial calls the new
//! policy by its name (recorded).

use sekisho_iam::{AccountId, PolicyKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::ids::{IdOf, new_id};
use super::policy_view::PolicyView;
use super::state::{Iam, ManagedPolicy, PolicyVersion};
use super::tags::Tag;
use super::{document, fault, policies, policy_tags, tags};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// The most customer managed policies of an account. Source: IAM User Guide, "IAM and AWS STS quotas".
pub(super) const POLICIES_MAX: usize = 1_500;

/// `iam:CreatePolicy`.
#[derive(Debug)]
pub struct CreatePolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its name.
    pub policy_name: String,
    /// Its first version.
    pub policy_document: String,
    /// `/` where it is left out.
    pub path: Option<String>,
    /// What it is for.
    pub description: Option<String>,
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
    const NAME: &'static str = "iam:CreatePolicy";
    const ASKS: &'static [&'static str] = &["iam:CreatePolicy", "iam:TagPolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let arn = arn(view.account()?, input);
        let tags = tags::map(&input.tags);
        let shown = format!("policy {}", input.policy_name);
        let create = Ask::to("iam:CreatePolicy").on(arn).tagging(&tags).shown_as(shown);
        let tag = (!tags.is_empty()).then(|| create.clone().about("iam:TagPolicy"));
        Ok([create].into_iter().chain(tag).collect())
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let account = act.account()?;
        room(act.read(), account, &input.policy_name)?;
        policy_tags::check(&input.tags)?;
        document::read(PolicyKind::Managed, &input.policy_document)?;
        let shown = input.tags.clone();
        let policy = policy(account, input, act);
        let view = PolicyView::created(&policy, shown);
        act.state().policies.put(policy.arn.clone(), policy);
        Ok(Output { policy: view })
    }
}

fn arn(account: AccountId, input: &Input) -> String {
    let path = input.path.as_deref().unwrap_or("/");
    format!("arn:aws:iam::{account}:policy{path}{}", input.policy_name)
}

/// Whether the account has room for a policy of this name: names are unique whatever path and case.
fn room(iam: &Iam, account: AccountId, name: &str) -> Result<(), Fault> {
    let mut known = policies::of_account(iam, account);
    if known.any(|policy| policy.name.eq_ignore_ascii_case(name)) {
        return Err(fault::policy_exists(name));
    }
    if policies::of_account(iam, account).count() >= POLICIES_MAX {
        return Err(fault::quota("PoliciesPerAccount", POLICIES_MAX));
    }
    Ok(())
}

fn policy(account: AccountId, input: Input, act: &mut Act<'_, Iam>) -> ManagedPolicy {
    let created_ms = act.now_ms();
    ManagedPolicy {
        arn: arn(account, &input),
        name: input.policy_name,
        path: input.path.unwrap_or_else(|| "/".to_owned()),
        id: new_id(IdOf::ManagedPolicy, account, act.dice()),
        account,
        created_ms,
        updated_ms: created_ms,
        description: input.description,
        versions: BTreeMap::from([(1, PolicyVersion { text: input.policy_document, created_ms })]),
        default: 1,
        next: 2,
        tags: tags::map(&input.tags),
    }
}
