//! `TagInstanceProfile`. Source: IAM API Reference, "TagInstanceProfile".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::tags::Tag;
use super::{profiles, tags};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:TagInstanceProfile`.
#[derive(Debug)]
pub struct TagInstanceProfile;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The instance profile.
    pub instance_profile_name: String,
    /// Tags to add; a key that is there, whatever its case, is replaced.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

impl Operation for TagInstanceProfile {
    const NAME: &'static str = "iam:TagInstanceProfile";
    const ASKS: &'static [&'static str] = &["iam:TagInstanceProfile"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let name = &input.instance_profile_name;
        let ask = profiles::ask("iam:TagInstanceProfile", name, view)?;
        Ok(vec![ask.tagging(&tags::map(&input.tags))])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        let profile = act.read().profile(account, &input.instance_profile_name)?;
        let tags = tags::added(&profile.tags, &input.tags)?;
        let key = named(account, &input.instance_profile_name);
        if let Some(profile) = act.state().profiles.edit(&key) {
            profile.tags = tags;
        }
        Ok(Empty {})
    }
}
