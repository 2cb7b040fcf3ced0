//! The texts of policies. Source: Organizations User Guide, "SCP syntax", "RCP syntax" and "Quotas".

use sekisho_iam::Document;
use sekisho_iam::document::limits;
use sekisho_iam::document::malformed::malformed;

use super::fault;
use super::state::OrganizationPolicyKind;
use crate::fault::Fault;

/// Whether the text can be a policy of this kind.
///
/// # Errors
/// Refuses texts that are too long or no such policy.
pub(super) fn check(text: &str, kind: OrganizationPolicyKind) -> Result<(), Fault> {
    let kind = kind.policy_kind();
    if limits::limit(kind).is_some_and(|limit| limits::size(text, kind) > limit.size) {
        let text = "You have exceeded the maximum policy size";
        return Err(fault::limit("POLICY_CONTENT_LIMIT_EXCEEDED", text));
    }
    let read = Document::from_json(text, kind);
    match malformed(kind, &read.diagnostics) {
        Some(told) => Err(fault::new(told.code, &told.message)),
        None => Ok(()),
    }
}
