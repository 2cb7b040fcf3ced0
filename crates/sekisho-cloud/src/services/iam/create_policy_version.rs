//! `CreatePolicyVersion`: numbers are not used again. Source: IAM API Reference, "CreatePolicyVersion".

use sekisho_iam::PolicyKind;
use serde::{Deserialize, Serialize};

use super::state::{Iam, PolicyVersion};
use super::version_view::VersionView;
use super::{document, fault, policies};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// The most versions of a policy. Source: IAM User Guide, "IAM and AWS STS quotas".
const VERSIONS_MAX: usize = 5;

/// `iam:CreatePolicyVersion`.
#[derive(Debug)]
pub struct CreatePolicyVersion;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The ARN of the policy.
    pub policy_arn: String,
    /// The version.
    pub policy_document: String,
    /// Whether it is in force from now on.
    #[serde(default)]
    pub set_as_default: bool,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    policy_version: VersionView,
}

impl Operation for CreatePolicyVersion {
    const NAME: &'static str = "iam:CreatePolicyVersion";
    const ASKS: &'static [&'static str] = &["iam:CreatePolicyVersion"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![policies::ask("iam:CreatePolicyVersion", &input.policy_arn, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let policy = policies::own(act.read(), &input.policy_arn)?;
        if policy.versions.len() >= VERSIONS_MAX {
            return Err(fault::too_many_versions(VERSIONS_MAX));
        }
        document::read(PolicyKind::Managed, &input.policy_document)?;
        let (created_ms, number) = (act.now_ms(), policy.next);
        let version = PolicyVersion { text: input.policy_document, created_ms };
        let shown = VersionView::created(number, created_ms, input.set_as_default);
        if let Some(policy) = act.state().policies.edit(&input.policy_arn) {
            policy.versions.insert(number, version);
            policy.next = number + 1;
            policy.updated_ms = created_ms;
            if input.set_as_default {
                policy.default = number;
            }
        }
        Ok(Output { policy_version: shown })
    }
}
