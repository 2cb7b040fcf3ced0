//! `ListEntitiesForPolicy`: who in the account has a policy. Source: IAM API Reference,
//! "ListEntitiesForPolicy".

use serde::{Deserialize, Serialize};

use super::paging::page;
use super::state::Iam;
use super::usage::{self, Entity};
use super::{fault, managed, policies};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:ListEntitiesForPolicy`.
#[derive(Debug)]
pub struct ListEntitiesForPolicy;

/// The input.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Input {
    /// The ARN of the policy.
    pub policy_arn: String,
    /// Only `User`, `Group` or `Role`.
    pub entity_filter: Option<String>,
    /// Only who has a path that begins so.
    pub path_prefix: Option<String>,
    /// Only who has it as `PermissionsPolicy`, or as `PermissionsBoundary`.
    pub policy_usage_filter: Option<String>,
    /// Where the page begins; the first page where it is left out.
    pub marker: Option<String>,
    /// How many items a page has at most.
    pub max_items: Option<u32>,
}

/// The output.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    policy_groups: Vec<PolicyGroup>,
    policy_users: Vec<PolicyUser>,
    policy_roles: Vec<PolicyRole>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Operation for ListEntitiesForPolicy {
    const NAME: &'static str = "iam:ListEntitiesForPolicy";
    const ASKS: &'static [&'static str] = &["iam:ListEntitiesForPolicy"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(input: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        Ok(vec![policies::ask_read("iam:ListEntitiesForPolicy", &input.policy_arn, view)?])
    }

    fn act(_: Permit<Self>, input: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let iam = act.read();
        if !managed::has(iam, &input.policy_arn) {
            return Err(fault::not_attachable(&input.policy_arn));
        }
        let entities = usage::entities(iam, act.account()?);
        let entities: Vec<_> = entities.filter(|one| asked_for(one, &input)).collect();
        let keys: Vec<_> =
            entities.iter().map(|one| format!("{}/{}", one.kind, one.name)).collect();
        let rows = keys.iter().map(String::as_str).zip(&entities);
        let page = page(rows, input.marker.as_deref(), input.max_items)?;
        let mut output = Output { is_truncated: page.is_truncated(), ..Output::default() };
        page.items.into_iter().for_each(|entity| output.take(entity));
        output.marker = page.marker;
        Ok(output)
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyGroup {
    group_name: String,
    group_id: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyUser {
    user_name: String,
    user_id: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyRole {
    role_name: String,
    role_id: String,
}

impl Output {
    fn take(&mut self, entity: &Entity<'_>) {
        let (name, id) = (entity.name.to_owned(), entity.id.to_owned());
        match entity.kind {
            "Group" => self.policy_groups.push(PolicyGroup { group_name: name, group_id: id }),
            "User" => self.policy_users.push(PolicyUser { user_name: name, user_id: id }),
            _ => self.policy_roles.push(PolicyRole { role_name: name, role_id: id }),
        }
    }
}

fn asked_for(entity: &Entity<'_>, input: &Input) -> bool {
    let attached = entity.attached.managed.contains(&input.policy_arn);
    let bounded = entity.boundary == Some(&*input.policy_arn);
    let used = match input.policy_usage_filter.as_deref() {
        Some("PermissionsBoundary") => bounded,
        Some(_) => attached,
        None => attached || bounded,
    };
    let prefix = input.path_prefix.as_deref().unwrap_or("/");
    let kind = input.entity_filter.as_deref().is_none_or(|kind| kind == entity.kind);
    used && kind && entity.path.starts_with(prefix)
}
