//! `GetInstanceProfile`. Source: IAM API Reference, "GetInstanceProfile".

use serde::{Deserialize, Serialize};

use super::profile_view::ProfileView;
use super::profiles;
use super::state::Iam;
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:GetInstanceProfile`.
#[derive(Debug)]
pub struct GetInstanceProfile;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The instance profile.
    pub instance_profile_name: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    instance_profile: ProfileView,
}

impl Operation for GetInstanceProfile {
    const NAME: &'static str = "iam:GetInstanceProfile";
    const ASKS: &'static [&'static str] = &["iam:GetInstanceProfile"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = &input.instance_profile_name;
        Ok(vec![profiles::ask("iam:GetInstanceProfile", name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let profile = act.read().profile(act.account()?, &input.instance_profile_name)?;
        let shown = ProfileView::whole(profile, act.read(), &act.directory());
        Ok(Output { instance_profile: shown })
    }
}
