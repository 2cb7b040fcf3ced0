//! Structures that several operations take or give.

use serde::{Deserialize, Serialize};

/// An output without members.
#[derive(Debug, Serialize)]
pub struct Nothing {}

/// An owner. S3 has no display names any more (since November 2025).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Owner {
    /// The canonical user id of the account.
    #[serde(rename = "ID", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Taken and not looked at: clients send back what old replies had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

/// An entry of an ACL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Grant {
    /// To whom.
    pub grantee: Option<Grantee>,
    /// `FULL_CONTROL` …
    pub permission: Option<String>,
}

/// Who has an entry of an ACL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Grantee {
    /// `CanonicalUser`, `Group` …
    pub r#type: String,
    /// The canonical user id.
    #[serde(rename = "ID", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// As for owners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The group.
    #[serde(rename = "URI", skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
}

impl Grant {
    /// Full control for an account.
    pub fn full_control(id: String) -> Self {
        let grantee =
            Grantee { r#type: "CanonicalUser".into(), id: Some(id), display_name: None, uri: None };
        Self { grantee: Some(grantee), permission: Some("FULL_CONTROL".to_owned()) }
    }

    /// Whether this is full control for an account.
    pub fn is_full_control_of(&self, id: &str) -> bool {
        let grantee = self.grantee.as_ref().and_then(|grantee| grantee.id.as_deref());
        grantee == Some(id) && self.permission.as_deref() == Some("FULL_CONTROL")
    }
}
