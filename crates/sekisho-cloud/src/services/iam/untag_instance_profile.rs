//! `UntagInstanceProfile`. Source: IAM API Reference, "UntagInstanceProfile".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{profiles, tags};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:UntagInstanceProfile`.
#[derive(Debug)]
pub struct UntagInstanceProfile;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The instance profile.
    pub instance_profile_name: String,
    /// The keys to take away; what is not there is not missed.
    #[serde(default)]
    pub tag_keys: Vec<String>,
}

impl Operation for UntagInstanceProfile {
    const NAME: &'static str = "iam:UntagInstanceProfile";
    const ASKS: &'static [&'static str] = &["iam:UntagInstanceProfile"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = &input.instance_profile_name;
        let ask = profiles::ask("iam:UntagInstanceProfile", name, view)?;
        Ok(vec![ask.untagging(&input.tag_keys)])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let profile = act.read().profile(account, &input.instance_profile_name)?;
        let tags = tags::without(&profile.tags, &input.tag_keys);
        let key = named(account, &input.instance_profile_name);
        if let Some(profile) = act.state().profiles.edit(&key) {
            profile.tags = tags;
        }
        Ok(Empty {})
    }
}
