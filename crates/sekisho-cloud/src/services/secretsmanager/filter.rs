//! Filters of lists: the beginnings of words, `!` for all others.
//! Source: Secrets Manager API Reference, "Filter".

use serde::{Deserialize, Serialize};

use super::state::Secret;

/// A filter: one of the values must match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Filter {
    /// `name`, `description`, `tag-key` …; `all` where it is left out.
    pub key: Option<String>,
    /// The values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// Whether a secret passes all filters.
pub(super) fn passes(filters: &[Filter], secret: &Secret) -> bool {
    filters.iter().all(|filter| {
        let key = filter.key.as_deref().unwrap_or("all");
        filter.values.iter().any(|value| match value.strip_prefix('!') {
            Some(value) => !begins(key, value, secret),
            None => begins(key, value, secret),
        })
    })
}

fn begins(key: &str, value: &str, secret: &Secret) -> bool {
    let lower = value.to_lowercase();
    let loosely = |text: &str| text.to_lowercase().starts_with(&lower);
    let mut tags = secret.tags.iter().flatten();
    match key {
        "name" => secret.name.starts_with(value),
        "description" => secret.description.as_deref().is_some_and(loosely),
        "tag-key" => tags.any(|(key, _)| key.starts_with(value)),
        "tag-value" => tags.any(|(_, text)| text.starts_with(value)),
        "primary-region" => secret.region.starts_with(value),
        "all" => {
            loosely(&secret.name)
                || secret.description.as_deref().is_some_and(loosely)
                || tags.any(|(key, text)| loosely(key) || loosely(text))
        }
        // No secret of ours belongs to a service.
        _ => false,
    }
}
