//! `GetPolicyVersion`: the document is told percent-encoded. Source: IAM API Reference,
//! "GetPolicyVersion". Of AWS's own policies only the version in force is known.

use serde::{Deserialize, Serialize};

use super::state::Iam;
use super::version_view::VersionView;
use super::{fault, policies};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:GetPolicyVersion`.
#[derive(Debug)]
pub struct GetPolicyVersion;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The ARN of the policy.
    pub policy_arn: String,
    /// The version: `v2`.
    pub version_id: String,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    policy_version: VersionView,
}

impl Operation for GetPolicyVersion {
    const NAME: &'static str = "iam:GetPolicyVersion";
    const ASKS: &'static [&'static str] = &["iam:GetPolicyVersion"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![policies::ask_read("iam:GetPolicyVersion", &input.policy_arn, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let Input { policy_arn, version_id } = input;
        let absent = || fault::no_version(&policy_arn, &version_id);
        let known = policies::find(act.read(), &policy_arn).map_err(|_| absent())?;
        let version = known.version(&version_id).ok_or_else(absent)?;
        Ok(Output { policy_version: VersionView::whole(&version) })
    }
}
