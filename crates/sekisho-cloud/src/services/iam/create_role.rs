//! `CreateRole`. Source: IAM API Reference, "CreateRole"; service authorization reference (a request
//! with tags also asks `iam:TagRole`).

use std::collections::BTreeMap;

use sekisho_iam::AccountId;
use serde::{Deserialize, Serialize};

use super::ids::{IdOf, new_id};
use super::role_view::RoleView;
use super::state::{Attached, Bearer, Iam, Role, named};
use super::tags::Tag;
use super::{boundary, document, fault, tags};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::bound::BoundPolicy;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// The most roles of an account. Source: IAM User Guide, "IAM and AWS STS quotas".
const ROLES_MAX: usize = 1_000;

/// The longest session of a role that says nothing of it, in seconds. Source: IAM API Reference,
/// "CreateRole".
const SESSION_S_MAX: u32 = 3_600;

/// Where service-linked roles are, which only their services make, and which no service control
/// policy binds. Source: IAM User Guide, "Service-linked roles".
const SERVICE_LINKED: &str = "/aws-service-role/";

/// `iam:CreateRole`.
#[derive(Debug)]
pub struct CreateRole;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// Its name.
    pub role_name: String,
    /// Its trust policy.
    pub assume_role_policy_document: String,
    /// `/` where it is left out.
    pub path: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// The longest session, in seconds.
    pub max_session_duration: Option<u32>,
    /// The ARN of its permissions boundary.
    pub permissions_boundary: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    role: RoleView,
}

impl Operation for CreateRole {
    const NAME: &'static str = "iam:CreateRole";
    const ASKS: &'static [&'static str] = &["iam:CreateRole", "iam:TagRole"];
    const EFFECT: Effect = Effect::Write;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        let path = input.path.as_deref().unwrap_or("/");
        let arn = format!("arn:aws:iam::{}:role{path}{}", view.account()?, input.role_name);
        let tags = tags::map(&input.tags);
        let boundary = input.permissions_boundary.as_deref();
        let create = Ask::to("iam:CreateRole").on(&*arn).tagging(&tags);
        let mut asks = vec![create.with_some("iam:PermissionsBoundary", boundary)];
        if !tags.is_empty() {
            asks.push(Ask::to("iam:TagRole").on(arn).tagging(&tags));
        }
        Ok(asks)
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let account = act.account()?;
        let key = named(account, &input.role_name);
        room(act.read(), account, &input)?;
        let tags = tags::case_insensitive(&input.tags)?;
        if let Some(arn) = input.permissions_boundary.as_deref() {
            boundary::check(act.read(), account, arn)?;
        }
        let trust = document::trust(&input.assume_role_policy_document, &act.directory())?;
        let role = role(account, input, trust, tags, act);
        let shown = RoleView::created(&role, &act.directory());
        let iam = act.state();
        iam.ids.put(role.id.as_str(), Bearer::Role(key.clone()));
        iam.roles.put(key, role);
        Ok(Output { role: shown })
    }
}

/// Whether the account has room for a role of this name and path.
fn room(iam: &Iam, account: AccountId, input: &Input) -> Result<(), Fault> {
    if input.path.as_deref().is_some_and(|path| path.starts_with(SERVICE_LINKED)) {
        return Err(fault::path_of_services(SERVICE_LINKED));
    }
    if iam.roles.has(&named(account, &input.role_name)) {
        return Err(fault::role_exists(&input.role_name));
    }
    if iam.roles.under(&format!("{account}/")).count() >= ROLES_MAX {
        return Err(fault::quota("RolesPerAccount", ROLES_MAX));
    }
    Ok(())
}

fn role(
    account: AccountId,
    input: Input,
    trust: BoundPolicy,
    tags: BTreeMap<String, String>,
    act: &mut Act<'_, Iam>,
) -> Role {
    Role {
        name: input.role_name,
        path: input.path.unwrap_or_else(|| "/".to_owned()),
        id: new_id(IdOf::Role, account, act.dice()),
        account,
        created_ms: act.now_ms(),
        trust,
        description: input.description,
        session_s_max: input.max_session_duration.unwrap_or(SESSION_S_MAX),
        attached: Attached::default(),
        boundary: input.permissions_boundary,
        tags,
    }
}
