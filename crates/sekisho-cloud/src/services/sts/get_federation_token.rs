//! `GetFederationToken`: a user lets somebody act with a part of its permissions, that which its
//! identity policies and the session policies both allow.
//!
//! Source: STS API Reference, "GetFederationToken".

use serde::{Deserialize, Serialize};

use super::credentials::{Credentials, Holding};
use super::get_session_token::{seconds, without_session};
use super::policies::{self, PolicyArn};
use super::state::Sts;
use super::tags::{SessionTags, Tag};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use crate::session::SessionOf;

/// `sts:GetFederationToken`.
#[derive(Debug)]
pub struct GetFederationToken;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Who is to act.
    pub name: String,
    /// The inline session policy.
    pub policy: Option<String>,
    /// Managed session policies.
    #[serde(default)]
    pub policy_arns: Vec<PolicyArn>,
    /// How long the session lasts, in seconds.
    pub duration_seconds: Option<u32>,
    /// Session tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    credentials: Credentials,
    federated_user: FederatedUser,
    packed_policy_size: usize,
}

/// Who acts in the session.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct FederatedUser {
    federated_user_id: String,
    arn: String,
}

impl Operation for GetFederationToken {
    const NAME: &'static str = "sts:GetFederationToken";
    const ASKS: &'static [&'static str] = &["sts:GetFederationToken", "sts:TagSession"];
    const EFFECT: Effect = Effect::Write;

    type State = Sts;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Sts>) -> Result<Vec<Ask<'a>>, Fault> {
        without_session("GetFederationToken", view.principal())?;
        let tags = SessionTags::of(&input.tags, &[], None)?;
        let arn = format!("arn:aws:sts::{}:federated-user/{}", view.account()?, input.name);
        let federate = Ask::to("sts:GetFederationToken").on(arn).tagging(&tags.passed);
        let tag = (!tags.passed.is_empty()).then(|| federate.clone().about("sts:TagSession"));
        Ok([Some(federate), tag].into_iter().flatten().collect())
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Sts>) -> Result<Output, Fault> {
        let account = act.account()?;
        let tags = SessionTags::of(&input.tags, &[], None)?.all;
        let directory = act.directory();
        let policies = policies::read(input.policy, input.policy_arns, account, &directory)?;
        let packed_policy_size = policies::packed_percent(policies.as_ref(), &tags)?;
        let issuer = act.principal().id().map(str::to_owned);
        let name = input.name;
        let of = SessionOf::Federated { issuer, name: name.clone() };
        let seconds = seconds(input.duration_seconds, act.principal());
        let holding = Holding { policies, tags, ..Holding::default() };
        let credentials = Credentials::issue(account, of, seconds, holding, act)?;
        let federated_user = FederatedUser {
            federated_user_id: format!("{account}:{name}"),
            arn: format!("arn:aws:sts::{account}:federated-user/{name}"),
        };
        Ok(Output { credentials, federated_user, packed_policy_size })
    }
}
