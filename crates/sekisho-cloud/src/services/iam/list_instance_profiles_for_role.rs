//! `ListInstanceProfilesForRole`. Source: IAM API Reference, "ListInstanceProfilesForRole".

use serde::{Deserialize, Serialize};

use super::paging::page;
use super::profile_view::ProfileView;
use super::roles;
use super::state::{Iam, named};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListInstanceProfilesForRole`.
#[derive(Debug)]
pub struct ListInstanceProfilesForRole;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_name: String,
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

impl Operation for ListInstanceProfilesForRole {
    const NAME: &'static str = "iam:ListInstanceProfilesForRole";
    const ASKS: &'static [&'static str] = &["iam:ListInstanceProfilesForRole"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![roles::ask("iam:ListInstanceProfilesForRole", &input.role_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let (iam, account) = (act.read(), act.account()?);
        iam.role(account, &input.role_name)?;
        let key = named(account, &input.role_name);
        let page = page(iam.profiles_of(&key), input.marker.as_deref(), input.max_items)?;
        let page = page.map(|one| ProfileView::in_list(one, iam, &act.directory()));
        Ok(Output {
            is_truncated: page.is_truncated(),
            instance_profiles: page.items,
            marker: page.marker,
        })
    }
}
