//! A role as replies show it. Each operation leaves other members out (recorded).

use sekisho_wire::Millis;
use serde::Serialize;

use super::inline;
use super::state::{LastUse, Role};
use super::tags::{self, Tag};
use super::user_view::BoundaryView;
use crate::directory::Directory;

/// A role in a reply.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RoleView {
    path: String,
    role_name: String,
    role_id: String,
    arn: String,
    create_date: Millis,
    assume_role_policy_document: String,
    description: Option<String>,
    max_session_duration: Option<u32>,
    permissions_boundary: Option<BoundaryView>,
    tags: Option<Vec<Tag>>,
    role_last_used: Option<LastUsedView>,
}

/// When a role was last used; empty where it never was.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct LastUsedView {
    last_used_date: Option<Millis>,
    region: Option<String>,
}

impl RoleView {
    /// The whole role (`GetRole`).
    pub(super) fn whole(role: &Role, last: Option<&LastUse>, directory: &Directory<'_>) -> Self {
        let last_used = LastUsedView {
            last_used_date: last.map(|last| Millis(last.at_ms)),
            region: last.map(|last| last.region.clone()),
        };
        Self {
            role_last_used: Some(last_used),
            description: role.description.clone(),
            max_session_duration: Some(role.session_s_max),
            ..Self::created(role, directory)
        }
    }

    /// A new role (`CreateRole`).
    pub(super) fn created(role: &Role, directory: &Directory<'_>) -> Self {
        Self {
            permissions_boundary: role.boundary.as_deref().map(BoundaryView::of),
            tags: Some(tags::list(&role.tags)).filter(|tags| !tags.is_empty()),
            ..Self::in_profile(role, directory)
        }
    }

    /// A role in a list (`ListRoles`).
    pub(super) fn in_list(role: &Role, directory: &Directory<'_>) -> Self {
        Self {
            description: role.description.clone(),
            max_session_duration: Some(role.session_s_max),
            ..Self::in_profile(role, directory)
        }
    }

    /// A role whose description was changed (`UpdateRoleDescription`).
    pub(super) fn described(role: &Role, directory: &Directory<'_>) -> Self {
        Self { description: role.description.clone(), ..Self::created(role, directory) }
    }

    /// A role in an instance profile.
    pub(super) fn in_profile(role: &Role, directory: &Directory<'_>) -> Self {
        Self {
            path: role.path.clone(),
            role_name: role.name.clone(),
            role_id: role.id.clone(),
            arn: role.arn(),
            create_date: Millis(role.created_ms),
            assume_role_policy_document: inline::encoded(&role.trust.shown(directory)),
            description: None,
            max_session_duration: None,
            permissions_boundary: None,
            tags: None,
            role_last_used: None,
        }
    }
}
