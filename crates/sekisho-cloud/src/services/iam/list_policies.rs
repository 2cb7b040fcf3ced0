//! `ListPolicies`: the customer's own and those of AWS. Descriptions and tags are not told. Source: IAM
//! API Reference, "ListPolicies"; a denial names the path that was asked for (recorded).

use sekisho_iam::AccountId;
use serde::{Deserialize, Serialize};

use super::paging::page;
use super::policies::Known;
use super::policy_view::PolicyView;
use super::state::Iam;
use super::usage::Usages;
use super::{aws_managed, policies};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListPolicies`.
#[derive(Debug)]
pub struct ListPolicies;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// `Local`: the account's own; `AWS`: those of AWS; `All`, or nothing: both.
    pub scope: Option<String>,
    /// Only what a user, group or role has.
    #[serde(default)]
    pub only_attached: bool,
    /// Only what has a path that begins so.
    pub path_prefix: Option<String>,
    /// Only what is used as `PermissionsPolicy`, or as `PermissionsBoundary`.
    pub policy_usage_filter: Option<String>,
    /// Where the page begins; the first page where it is left out.
    pub marker: Option<String>,
    /// How many items a page has at most.
    pub max_items: Option<u32>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    policies: Vec<PolicyView>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for ListPolicies {
    const NAME: &'static str = "iam:ListPolicies";
    const ASKS: &'static [&'static str] = &["iam:ListPolicies"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        view.account()?;
        Ok(vec![Ask::to("iam:ListPolicies").shown_as(format!("policy path {prefix}"))])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let (iam, account) = (act.read(), act.account()?);
        let usages = Usages::of(iam, account);
        let listed = rows(iam, account, &input);
        let rows = listed.iter().map(|(key, known)| (key.as_str(), *known));
        let rows = rows.filter(|(_, known)| asked_for(*known, &usages, &input));
        let page = page(rows, input.marker.as_deref(), input.max_items)?;
        let page = page.map(|known| PolicyView::in_list(known, usages.get(&known.arn())));
        Ok(Output { is_truncated: page.is_truncated(), policies: page.items, marker: page.marker })
    }
}

/// The policies in the scope, in the order of the list: the account's own, then those of AWS by name.
fn rows<'a>(iam: &'a Iam, account: AccountId, input: &Input) -> Vec<(String, Known<'a>)> {
    let scope = input.scope.as_deref().unwrap_or("All");
    let mut rows = Vec::new();
    if scope != "AWS" {
        let own = policies::of_account(iam, account);
        rows.extend(own.map(|policy| (policy.arn.clone(), Known::Own(policy))));
    }
    if scope != "Local" {
        let of_aws = aws_managed::all().iter();
        rows.extend(of_aws.map(|policy| (format!("aws/{}", policy.name), Known::OfAws(policy))));
    }
    rows
}

fn asked_for(known: Known<'_>, usages: &Usages<'_>, input: &Input) -> bool {
    let usage = usages.get(&known.arn());
    let used = match input.policy_usage_filter.as_deref() {
        Some("PermissionsBoundary") => usage.boundaries > 0,
        Some(_) => usage.attachments > 0,
        None => true,
    };
    let prefix = input.path_prefix.as_deref().unwrap_or("/");
    used && (!input.only_attached || usage.attachments > 0) && known.path().starts_with(prefix)
}
