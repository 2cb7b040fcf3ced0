//! `ListInstanceProfiles`. Tags are not told. Source: IAM API Reference, "ListInstanceProfiles".

use serde::{Deserialize, Serialize};

use super::paging::page;
use super::profile_view::ProfileView;
use super::state::Iam;
use super::who;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListInstanceProfiles`.
#[derive(Debug)]
pub struct ListInstanceProfiles;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Only what has a path that begins so.
    pub path_prefix: Option<String>,
    /// Where the page begins; the first page where it is left out.
    pub marker: Option<String>,
    /// How many items a page has at most.
    pub max_items: Option<u32>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    instance_profiles: Vec<ProfileView>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for ListInstanceProfiles {
    const NAME: &'static str = "iam:ListInstanceProfiles";
    const ASKS: &'static [&'static str] = &["iam:ListInstanceProfiles"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let prefix = input.path_prefix.as_deref();
        Ok(vec![who::ask_list("iam:ListInstanceProfiles", "instance-profile", prefix, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        let profiles = act.read().profiles.under(&format!("{}/", act.account()?));
        let rows = profiles.filter(|(_, profile)| profile.path.starts_with(prefix));
        let page = page(rows, input.marker.as_deref(), input.max_items)?;
        let page = page.map(|one| ProfileView::in_list(one, act.read(), &act.directory()));
        Ok(Output {
            is_truncated: page.is_truncated(),
            instance_profiles: page.items,
            marker: page.marker,
        })
    }
}
