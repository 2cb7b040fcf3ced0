//! `ListPolicyVersions`: the newest first, without documents. Source: IAM API Reference,
//! "ListPolicyVersions". Of AWS's own policies only the version in force is known.

use serde::{Deserialize, Serialize};

use super::paging::page;
use super::policies;
use super::policies::KnownVersion;
use super::state::Iam;
use super::version_view::VersionView;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListPolicyVersions`.
#[derive(Debug)]
pub struct ListPolicyVersions;

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
    versions: Vec<VersionView>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for ListPolicyVersions {
    const NAME: &'static str = "iam:ListPolicyVersions";
    const ASKS: &'static [&'static str] = &["iam:ListPolicyVersions"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![policies::ask_read("iam:ListPolicyVersions", &input.policy_arn, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let versions = policies::find(act.read(), &input.policy_arn)?.versions();
        let versions: Vec<_> = versions.iter().map(|one| (newest_first(one), one)).collect();
        let rows = versions.iter().map(|(key, version)| (key.as_str(), *version));
        let page = page(rows, input.marker.as_deref(), input.max_items)?.map(VersionView::in_list);
        Ok(Output { is_truncated: page.is_truncated(), versions: page.items, marker: page.marker })
    }
}

/// A key by which newer versions stand before older ones.
fn newest_first(version: &KnownVersion<'_>) -> String {
    format!("{:010}", u32::MAX - version.number)
}
