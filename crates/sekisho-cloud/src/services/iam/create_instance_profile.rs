//! `CreateInstanceProfile`. Source: IAM API Reference, "CreateInstanceProfile"; service authorization
//! reference (a request with tags also asks `iam:TagInstanceProfile`).

use serde::{Deserialize, Serialize};

use super::ids::{IdOf, new_id};
use super::profile_view::ProfileView;
use super::state::{Iam, InstanceProfile, named};
use super::tags::Tag;
use super::{fault, tags};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// The most instance profiles of an account. Source: IAM User Guide, "IAM and AWS STS quotas".
pub(super) const PROFILES_MAX: usize = 1_000;

/// `iam:CreateInstanceProfile`.
#[derive(Debug)]
pub struct CreateInstanceProfile;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its name.
    pub instance_profile_name: String,
    /// `/` where it is left out.
    pub path: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    instance_profile: ProfileView,
}

impl Operation for CreateInstanceProfile {
    const NAME: &'static str = "iam:CreateInstanceProfile";
    const ASKS: &'static [&'static str] = &["iam:CreateInstanceProfile", "iam:TagInstanceProfile"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let path = input.path.as_deref().unwrap_or("/");
        let name = &input.instance_profile_name;
        let arn = format!("arn:aws:iam::{}:instance-profile{path}{name}", view.account()?);
        let tags = tags::map(&input.tags);
        let ask = |action: &'static str| Ask::to(action).on(&*arn).tagging(&tags);
        let mut asks = vec![ask("iam:CreateInstanceProfile")];
        if !tags.is_empty() {
            asks.push(ask("iam:TagInstanceProfile"));
        }
        Ok(asks)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let account = act.account()?;
        let key = named(account, &input.instance_profile_name);
        if act.read().profiles.has(&key) {
            return Err(fault::profile_exists(&input.instance_profile_name));
        }
        if act.read().profiles.under(&format!("{account}/")).count() >= PROFILES_MAX {
            return Err(fault::quota("InstanceProfilesPerAccount", PROFILES_MAX));
        }
        let profile = InstanceProfile {
            tags: tags::case_insensitive(&input.tags)?,
            name: input.instance_profile_name,
            path: input.path.unwrap_or_else(|| "/".to_owned()),
            id: new_id(IdOf::InstanceProfile, account, act.dice()),
            account,
            created_ms: act.now_ms(),
            role: None,
        };
        let shown = ProfileView::created(&profile);
        act.state().profiles.put(key, profile);
        Ok(Output { instance_profile: shown })
    }
}
