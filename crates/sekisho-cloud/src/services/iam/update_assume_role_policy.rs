//! `UpdateAssumeRolePolicy`: another trust policy. Whom it names must exist. Source: IAM API Reference,
//! "UpdateAssumeRolePolicy".

use serde::{Deserialize, Serialize};

use super::empty::Empty;
use super::state::{Iam, named};
use super::{document, roles};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:UpdateAssumeRolePolicy`.
#[derive(Debug)]
pub struct UpdateAssumeRolePolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_name: String,
    /// The trust policy.
    pub policy_document: String,
}

impl Operation for UpdateAssumeRolePolicy {
    const NAME: &'static str = "iam:UpdateAssumeRolePolicy";
    const ASKS: &'static [&'static str] = &["iam:UpdateAssumeRolePolicy"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Empty;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![roles::ask_bounded("iam:UpdateAssumeRolePolicy", &input.role_name, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Empty, Fault> {
        let account = act.account()?;
        act.read().role(account, &input.role_name)?;
        let trust = document::trust(&input.policy_document, &act.directory())?;
        if let Some(role) = act.state().roles.edit(&named(account, &input.role_name)) {
            role.trust = trust;
        }
        Ok(Empty {})
    }
}
