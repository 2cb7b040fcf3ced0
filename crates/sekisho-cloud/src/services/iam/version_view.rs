//! A version of a managed policy as replies show it.

use sekisho_wire::Millis;
use serde::Serialize;

use super::inline;
use super::policies::KnownVersion;

/// A version of a managed policy in a reply.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct VersionView {
    document: Option<String>,
    version_id: String,
    is_default_version: bool,
    create_date: Millis,
}

impl VersionView {
    /// A new version, without its document.
    pub(super) fn created(number: u32, created_ms: i64, is_default: bool) -> Self {
        Self {
            document: None,
            version_id: format!("v{number}"),
            is_default_version: is_default,
            create_date: Millis(created_ms),
        }
    }

    /// The version with its document.
    pub(super) fn whole(version: &KnownVersion<'_>) -> Self {
        Self { document: Some(inline::encoded(version.text)), ..Self::in_list(version) }
    }

    /// A version in a list.
    pub(super) fn in_list(version: &KnownVersion<'_>) -> Self {
        Self::created(version.number, version.created_ms, version.is_default)
    }
}
