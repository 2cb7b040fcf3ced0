//! A managed policy as replies show it. Each operation leaves other members out (recorded).

use sekisho_wire::Millis;
use serde::Serialize;

use super::policies::Known;
use super::policy_tags;
use super::state::ManagedPolicy;
use super::tags::Tag;
use super::usage::Usage;

/// A managed policy in a reply.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PolicyView {
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
    tags: Option<Vec<Tag>>,
}

impl PolicyView {
    /// A new policy (`CreatePolicy`), with the tags as they were given.
    pub(super) fn created(policy: &ManagedPolicy, tags: Vec<Tag>) -> Self {
        let tags = Some(tags).filter(|tags| !tags.is_empty());
        Self { tags, ..Self::in_list(Known::Own(policy), Usage::default()) }
    }

    /// The whole policy (`GetPolicy`).
    pub(super) fn whole(known: Known<'_>, usage: Usage) -> Self {
        let (description, tags) = match known {
            Known::Own(policy) => (policy.description.clone(), policy_tags::list(&policy.tags)),
            Known::OfAws(_) => (None, Vec::new()),
        };
        Self { description, tags: Some(tags), ..Self::in_list(known, usage) }
    }

    /// A policy in a list (`ListPolicies`).
    pub(super) fn in_list(known: Known<'_>, usage: Usage) -> Self {
        let (name, id, version, created_ms, updated_ms) = match known {
            Known::Own(policy) => {
                let version = format!("v{}", policy.default);
                let (name, id) = (policy.name.clone(), policy.id.clone());
                (name, id, version, policy.created_ms, policy.updated_ms)
            }
            Known::OfAws(policy) => {
                let (name, version) = (policy.name.to_owned(), policy.version.to_owned());
                (name, policy.id(), version, policy.created_ms, policy.updated_ms)
            }
        };
        Self {
            policy_name: name,
            policy_id: id,
            arn: known.arn(),
            path: known.path().to_owned(),
            default_version_id: version,
            attachment_count: usage.attachments,
            permissions_boundary_usage_count: usage.boundaries,
            is_attachable: true,
            description: None,
            create_date: Millis(created_ms),
            update_date: Millis(updated_ms),
            tags: None,
        }
    }
}
