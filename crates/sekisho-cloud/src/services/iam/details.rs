//! Users, groups, roles and managed policies with all that they may, as
//! `GetAccountAuthorizationDetails` shows them. Documents are percent-encoded, empty lists are told
//! (recorded).

use sekisho_wire::Millis;
use serde::Serialize;

use super::attached::AttachedPolicy;
use super::inline;
use super::policies::Known;
use super::profile_view::ProfileView;
use super::role_view::LastUsedView;
use super::state::{Attached, Group, Iam, Role, User, named};
use super::tags::{self, Tag};
use super::usage::Usage;
use super::user_view::BoundaryView;
use super::version_view::VersionView;
use crate::directory::Directory;

/// A user.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UserDetail {
    path: String,
    user_name: String,
    user_id: String,
    arn: String,
    create_date: Millis,
    user_policy_list: Vec<InlineDetail>,
    group_list: Vec<String>,
    attached_managed_policies: Vec<AttachedPolicy>,
    permissions_boundary: Option<BoundaryView>,
    tags: Vec<Tag>,
}

/// A group.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GroupDetail {
    path: String,
    group_name: String,
    group_id: String,
    arn: String,
    create_date: Millis,
    group_policy_list: Vec<InlineDetail>,
    attached_managed_policies: Vec<AttachedPolicy>,
}

/// A role.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RoleDetail {
    path: String,
    role_name: String,
    role_id: String,
    arn: String,
    create_date: Millis,
    assume_role_policy_document: String,
    instance_profile_list: Vec<ProfileView>,
    role_policy_list: Vec<InlineDetail>,
    attached_managed_policies: Vec<AttachedPolicy>,
    permissions_boundary: Option<BoundaryView>,
    tags: Vec<Tag>,
    role_last_used: LastUsedView,
}

/// A managed policy with its versions.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PolicyDetail {
    policy_name: String,
    policy_id: String,
    arn: String,
    path: String,
    default_version_id: String,
    attachment_count: u32,
    permissions_boundary_usage_count: u32,
    is_attachable: bool,
    description: Option<String>,
    create_date: Millis,
    update_date: Millis,
    policy_version_list: Vec<VersionView>,
}

/// An inline policy.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct InlineDetail {
    policy_name: String,
    policy_document: String,
}

impl UserDetail {
    /// The user.
    pub(super) fn of(user: &User, iam: &Iam) -> Self {
        let groups = user.groups.iter().filter_map(|key| iam.groups.get(key));
        Self {
            path: user.path.clone(),
            user_name: user.name.clone(),
            user_id: user.id.clone(),
            arn: user.arn(),
            create_date: Millis(user.created_ms),
            user_policy_list: inline_policies(&user.attached),
            group_list: groups.map(|group| group.name.clone()).collect(),
            attached_managed_policies: managed_policies(&user.attached),
            permissions_boundary: user.boundary.as_deref().map(BoundaryView::of),
            tags: tags::list(&user.tags),
        }
    }
}

impl GroupDetail {
    /// The group.
    pub(super) fn of(group: &Group) -> Self {
        Self {
            path: group.path.clone(),
            group_name: group.name.clone(),
            group_id: group.id.clone(),
            arn: group.arn(),
            create_date: Millis(group.created_ms),
            group_policy_list: inline_policies(&group.attached),
            attached_managed_policies: managed_policies(&group.attached),
        }
    }
}

impl RoleDetail {
    /// The role.
    pub(super) fn of(role: &Role, iam: &Iam, directory: &Directory<'_>) -> Self {
        let key = named(role.account, &role.name);
        let profiles = iam.profiles_of(&key);
        let profiles = profiles.map(|(_, one)| ProfileView::in_list(one, iam, directory));
        Self {
            path: role.path.clone(),
            role_name: role.name.clone(),
            role_id: role.id.clone(),
            arn: role.arn(),
            create_date: Millis(role.created_ms),
            assume_role_policy_document: inline::encoded(&role.trust.shown(directory)),
            instance_profile_list: profiles.collect(),
            role_policy_list: inline_policies(&role.attached),
            attached_managed_policies: managed_policies(&role.attached),
            permissions_boundary: role.boundary.as_deref().map(BoundaryView::of),
            tags: tags::list(&role.tags),
            role_last_used: LastUsedView::of(iam.uses.get(&role.id)),
        }
    }
}

impl PolicyDetail {
    /// The policy; of one of AWS the version in force.
    pub(super) fn of(known: Known<'_>, usage: Usage) -> Self {
        let versions = known.versions();
        let default = versions.iter().find(|version| version.is_default);
        let (name, id, description, created_ms, updated_ms) = match known {
            Known::Own(one) => {
                let (name, id) = (one.name.clone(), one.id.clone());
                (name, id, one.description.clone(), one.created_ms, one.updated_ms)
            }
            Known::OfAws(one) => {
                (one.name.to_owned(), one.id(), None, one.created_ms, one.updated_ms)
            }
        };
        Self {
            policy_name: name,
            policy_id: id,
            arn: known.arn(),
            path: known.path().to_owned(),
            default_version_id: default.map(|one| format!("v{}", one.number)).unwrap_or_default(),
            attachment_count: usage.attachments,
            permissions_boundary_usage_count: usage.boundaries,
            is_attachable: true,
            description,
            create_date: Millis(created_ms),
            update_date: Millis(updated_ms),
            policy_version_list: versions.iter().rev().map(VersionView::whole).collect(),
        }
    }
}

fn inline_policies(attached: &Attached) -> Vec<InlineDetail> {
    let policy = |(name, text): (&String, &String)| InlineDetail {
        policy_name: name.clone(),
        policy_document: inline::encoded(text),
    };
    attached.inline.iter().map(policy).collect()
}

fn managed_policies(attached: &Attached) -> Vec<AttachedPolicy> {
    attached.managed.iter().map(|arn| AttachedPolicy::of(arn)).collect()
}
