//! Filters of lists. Source: Systems Manager API Reference, "ParameterStringFilter"; texts as the
//! moto project has them.

use serde::{Deserialize, Serialize};

use super::state::{Parameter, Version};
use crate::fault::Fault;

/// A filter: one of the values must match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Filter {
    /// `Name`, `Type`, `tag:env` …
    pub key: String,
    /// `Equals` where it is left out; of `Path`, `OneLevel`.
    pub option: Option<String>,
    /// The values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// Refuses filters that a list does not have.
pub(super) fn check(filters: &[Filter], keys: &[&str]) -> Result<(), Fault> {
    for filter in filters {
        let is_tag = filter.key.starts_with("tag:") && keys.contains(&"Name");
        if !is_tag && !keys.contains(&filter.key.as_str()) {
            let text = format!(
                "The following filter key is not valid: {}. Valid filter keys include: [{}].",
                filter.key,
                keys.join(", ")
            );
            return Err(Fault::new("InvalidFilterKey", text));
        }
        check_option(filter)?;
    }
    Ok(())
}

fn check_option(filter: &Filter) -> Result<(), Fault> {
    let valid: &[&str] = match filter.key.as_str() {
        "Path" => &["OneLevel", "Recursive"],
        "Name" => &["BeginsWith", "Contains", "Equals"],
        "KeyId" => &["BeginsWith", "Equals"],
        _ => &["Equals"],
    };
    let Some(option) = &filter.option else { return Ok(()) };
    if valid.contains(&option.as_str()) {
        return Ok(());
    }
    let text = format!(
        "The following filter option is not valid: {option}. Valid options include: [{}].",
        valid.join(", ")
    );
    Err(Fault::new("InvalidFilterOption", text))
}

/// Whether a parameter passes all filters.
pub(super) fn passes(filters: &[Filter], parameter: &Parameter, version: &Version) -> bool {
    filters.iter().all(|filter| passes_one(filter, parameter, version))
}

fn passes_one(filter: &Filter, parameter: &Parameter, version: &Version) -> bool {
    let any = |text: &str| filter.values.iter().any(|value| matches(filter, text, value));
    match filter.key.as_str() {
        "Name" | "Path" => any(&parameter.name),
        "Type" => any(&version.kind),
        "KeyId" => version.key_id.as_deref().is_some_and(any),
        "Tier" => any(version.tier()),
        "DataType" => any(&version.data_type),
        "Label" => version.labels.iter().any(|label| any(label)),
        key => {
            let tag = key.strip_prefix("tag:").and_then(|key| parameter.tags.get(key));
            tag.is_some_and(|tag| filter.values.is_empty() || any(tag))
        }
    }
}

fn matches(filter: &Filter, text: &str, value: &str) -> bool {
    match (filter.key.as_str(), filter.option.as_deref()) {
        ("Path", option) => is_under(value, text, option == Some("Recursive")),
        (_, Some("BeginsWith")) => text.starts_with(value),
        (_, Some("Contains")) => text.contains(value),
        // A name equals one with a slash before it: AWS compares without. Source: moto.
        ("Name", _) => text == value || text.strip_prefix('/') == Some(value),
        _ => text == value,
    }
}

/// Whether a name stands under a path, directly or at any depth.
pub(super) fn is_under(path: &str, name: &str, is_recursive: bool) -> bool {
    let below = name.strip_prefix(path.trim_end_matches('/'));
    let rest = below.and_then(|rest| rest.strip_prefix('/'));
    rest.is_some_and(|rest| is_recursive || !rest.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::is_under;

    #[test]
    fn paths_hold_their_children_and_no_namesakes() {
        assert!(is_under("/a", "/a/b", false));
        assert!(is_under("/a/", "/a/b", false));
        assert!(!is_under("/a", "/ab", true));
        assert!(!is_under("/a", "/a/b/c", false));
        assert!(is_under("/a", "/a/b/c", true));
        assert!(is_under("/", "/a", false));
        assert!(!is_under("/", "a", true));
    }
}
