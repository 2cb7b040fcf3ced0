//! An instance profile as replies show it.

use sekisho_wire::Millis;
use serde::Serialize;

use super::role_view::RoleView;
use super::state::{Iam, InstanceProfile};
use super::tags::{self, Tag};
use crate::directory::Directory;

/// An instance profile in a reply.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ProfileView {
    path: String,
    instance_profile_name: String,
    instance_profile_id: String,
    arn: String,
    create_date: Millis,
    roles: Vec<RoleView>,
    tags: Option<Vec<Tag>>,
}

impl ProfileView {
    /// A new one (`CreateInstanceProfile`): tags only if there are any (recorded).
    pub(super) fn created(profile: &InstanceProfile) -> Self {
        Self {
            path: profile.path.clone(),
            instance_profile_name: profile.name.clone(),
            instance_profile_id: profile.id.clone(),
            arn: profile.arn(),
            create_date: Millis(profile.created_ms),
            roles: Vec::new(),
            tags: Some(tags::list(&profile.tags)).filter(|tags| !tags.is_empty()),
        }
    }

    /// The whole one (`GetInstanceProfile`): with tags even if there are none (recorded).
    pub(super) fn whole(profile: &InstanceProfile, iam: &Iam, directory: &Directory<'_>) -> Self {
        let tags = Some(tags::list(&profile.tags));
        Self { tags, ..Self::in_list(profile, iam, directory) }
    }

    /// One in a list: without tags (recorded).
    pub(super) fn in_list(profile: &InstanceProfile, iam: &Iam, directory: &Directory<'_>) -> Self {
        let role = profile.role.as_ref().and_then(|key| iam.roles.get(key));
        let roles = role.map(|role| RoleView::in_profile(role, directory)).into_iter().collect();
        Self { roles, tags: None, ..Self::created(profile) }
    }
}
