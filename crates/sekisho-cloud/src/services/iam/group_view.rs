//! A group as replies show it.

use sekisho_wire::Millis;
use serde::Serialize;

use super::state::Group;

/// A group in a reply.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GroupView {
    path: String,
    group_name: String,
    group_id: String,
    arn: String,
    create_date: Millis,
}

impl GroupView {
    /// The group.
    pub(super) fn of(group: &Group) -> Self {
        Self {
            path: group.path.clone(),
            group_name: group.name.clone(),
            group_id: group.id.clone(),
            arn: group.arn(),
            create_date: Millis(group.created_ms),
        }
    }
}
