//! A user as replies show it.

use sekisho_wire::Millis;
use serde::Serialize;

use super::state::User;
use super::tags::{self, Tag};

/// A user in a reply. Lists leave boundary and tags out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UserView {
    path: String,
    user_name: String,
    user_id: String,
    arn: String,
    create_date: Millis,
    permissions_boundary: Option<BoundaryView>,
    tags: Option<Vec<Tag>>,
}

/// A permissions boundary in a reply.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct BoundaryView {
    permissions_boundary_type: &'static str,
    permissions_boundary_arn: String,
}

impl BoundaryView {
    /// The boundary with this ARN.
    pub(super) fn of(arn: &str) -> Self {
        Self { permissions_boundary_type: "Policy", permissions_boundary_arn: arn.to_owned() }
    }
}

impl UserView {
    /// The whole user.
    pub(super) fn of(user: &User) -> Self {
        Self {
            permissions_boundary: user.boundary.as_deref().map(BoundaryView::of),
            tags: Some(tags::list(&user.tags)).filter(|tags| !tags.is_empty()),
            ..Self::in_list(user)
        }
    }

    /// The user as lists show it.
    pub(super) fn in_list(user: &User) -> Self {
        Self {
            path: user.path.clone(),
            user_name: user.name.clone(),
            user_id: user.id.clone(),
            arn: user.arn(),
            create_date: Millis(user.created_ms),
            permissions_boundary: None,
            tags: None,
        }
    }
}
