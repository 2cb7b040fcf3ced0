//! `AssumeRole`: the trust policy of the role is the resource policy of the question; tags and a
//! source identity are questions of their own.
//!
//! Source: STS API Reference, "AssumeRole"; IAM User Guide, "Pass session tags in AWS STS" and "Monitor
//! and control actions taken with assumed roles". CloudTrail calls it read-only, reply and all: IAM
//! User Guide, "Logging IAM and AWS STS API calls with AWS CloudTrail".

use sekisho_iam::{Arn, Caller};
use serde::{Deserialize, Serialize};

use super::credentials::{Credentials, Holding};
use super::policies::{self, PolicyArn};
use super::state::Sts;
use super::tags::{SessionTags, Tag};
use super::{fault, mfa};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};
use crate::principal::Principal;
use crate::services::iam::state::Role;
use crate::session::SessionOf;

/// How long a session lasts where nobody says it, and at most where a role session makes it, in seconds.
const HOUR_S: u32 = 3_600;

/// `sts:AssumeRole`.
#[derive(Debug)]
pub struct AssumeRole;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The role.
    pub role_arn: String,
    /// The name of the session.
    pub role_session_name: String,
    /// Managed session policies.
    #[serde(default)]
    pub policy_arns: Vec<PolicyArn>,
    /// The inline session policy.
    pub policy: Option<String>,
    /// How long the session lasts, in seconds.
    pub duration_seconds: Option<u32>,
    /// Session tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// The keys of the tags that go on through a chain.
    #[serde(default)]
    pub transitive_tag_keys: Vec<String>,
    /// What the role's owner and the caller have agreed on.
    pub external_id: Option<String>,
    /// An MFA device.
    pub serial_number: Option<String>,
    /// A code of that device.
    pub token_code: Option<String>,
    /// Who is behind the session.
    pub source_identity: Option<String>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    credentials: Credentials,
    assumed_role_user: AssumedRoleUser,
    packed_policy_size: Option<usize>,
    source_identity: Option<String>,
}

/// Who acts in the session.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct AssumedRoleUser {
    assumed_role_id: String,
    arn: String,
}

impl Operation for AssumeRole {
    const NAME: &'static str = "sts:AssumeRole";
    const ASKS: &'static [&'static str] =
        &["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"];
    const EFFECT: Effect = Effect::Read;
    const REPLY_IS_RECORDED: bool = true;

    type State = Sts;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Sts>) -> Result<Vec<Ask<'a>>, Fault> {
        check_arn(&input.role_arn)?;
        // The trust policy may ask for MFA: the code is looked at before it.
        mfa::refuse(input.serial_number.as_deref(), input.token_code.as_deref())?;
        let session = view.principal().session();
        let tags = SessionTags::of(&input.tags, &input.transitive_tag_keys, session)?;
        let identity = source_identity(input, view.principal());
        let assume = question(input, &tags, identity.as_deref(), view);
        let mut asks = vec![assume.clone()];
        if !tags.passed.is_empty() {
            asks.push(assume.clone().about("sts:TagSession"));
        }
        if identity.is_some() {
            asks.push(assume.about("sts:SetSourceIdentity"));
        }
        Ok(asks)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Sts>) -> Result<Output, Fault> {
        let identity = source_identity(&input, act.principal());
        if input.source_identity.is_some() && input.source_identity != identity {
            return Err(fault::other_source_identity(act.principal(), &input.role_arn));
        }
        let directory = act.directory();
        let role = directory.role(&input.role_arn);
        let role = role.ok_or_else(|| fault::not_an_arn(&input.role_arn))?;
        let (account, role_id, role_name) = (role.account, role.id.clone(), role.name.clone());
        let seconds = seconds(input.duration_seconds, role, act.principal())?;
        let session = act.principal().session();
        let tags = SessionTags::of(&input.tags, &input.transitive_tag_keys, session)?;
        let policies = policies::read(input.policy, input.policy_arns, account, &directory)?;
        let percent = policies::packed_percent(policies.as_ref(), &tags.all)?;
        let packs = policies.is_some() || !tags.passed.is_empty();
        let name = input.role_session_name;
        let of = SessionOf::Role { id: role_id.clone(), name: name.clone() };
        let source_identity = identity.clone();
        let (tags, transitive) = (tags.all, tags.transitive);
        let holding = Holding { policies, tags, transitive, source_identity };
        Ok(Output {
            credentials: Credentials::issue(account, of, seconds, holding, act)?,
            assumed_role_user: AssumedRoleUser {
                assumed_role_id: format!("{role_id}:{name}"),
                arn: format!("arn:aws:sts::{account}:assumed-role/{role_name}/{name}"),
            },
            packed_policy_size: packs.then_some(percent),
            source_identity: identity,
        })
    }
}

/// Whether the text can be the ARN of a role; whether there is one shows when it is asked about.
fn check_arn(text: &str) -> Result<(), Fault> {
    let arn = Arn::parse(text).filter(|arn| {
        let names_role = arn.service == "iam" && arn.resource.starts_with("role/");
        names_role && arn.region.is_empty() && arn.account_id().is_some()
    });
    arn.map(|_| ()).ok_or_else(|| fault::not_an_arn(text))
}

/// The question, with all that a trust policy can want to know. It is the same for a role that is
/// not there: nobody trusts the caller.
fn question<'a>(
    input: &Input,
    tags: &SessionTags,
    source_identity: Option<&str>,
    view: &View<'a, Sts>,
) -> Ask<'a> {
    let directory = view.directory();
    let role = directory.role(&input.role_arn);
    let mut ask = Ask::to("sts:AssumeRole")
        .on(&*input.role_arn)
        .under(role.map(|role| role.trust.layer(&directory)))
        .with("sts:RoleSessionName", &*input.role_session_name)
        .with_some("sts:ExternalId", input.external_id.as_deref())
        .with_some("sts:SourceIdentity", source_identity)
        .tagging(&tags.passed);
    if !input.transitive_tag_keys.is_empty() {
        let keys = input.transitive_tag_keys.iter().map(String::as_str);
        ask = ask.with_many("sts:TransitiveTagKeys", keys);
    }
    match role {
        Some(role) => ask.tagged(&role.tags).with_map("iam:ResourceTag", '/', &role.tags),
        None => ask,
    }
}

/// The source identity of the session: once set, it stays through a chain.
fn source_identity(input: &Input, principal: &Principal) -> Option<String> {
    let set = principal.session().and_then(|session| session.source_identity.clone());
    set.or_else(|| input.source_identity.clone())
}

fn seconds(wanted: Option<u32>, role: &Role, principal: &Principal) -> Result<u32, Fault> {
    let seconds = wanted.unwrap_or(HOUR_S);
    if matches!(principal.caller, Caller::Role(_)) && seconds > HOUR_S {
        return Err(fault::validation(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by \
             role chaining.",
        ));
    }
    if seconds > role.session_s_max {
        return Err(fault::validation(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        ));
    }
    Ok(seconds)
}
