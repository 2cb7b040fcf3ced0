//! Policy documents as IAM takes them.

use sekisho_iam::document::malformed::malformed;
use sekisho_iam::{Document, PolicyKind};

use super::fault;
use crate::bound::BoundPolicy;
use crate::directory::Directory;
use crate::fault::Fault;

/// What a document says.
///
/// # Errors
/// What AWS answers to a document that it does not take.
pub(super) fn read(kind: PolicyKind, text: &str) -> Result<Document, Fault> {
    let read = Document::from_json(text, kind);
    if let Some(refused) = malformed(kind, &read.diagnostics) {
        return Err(Fault::new(refused.code, refused.message));
    }
    read.document.ok_or_else(fault::unreadable)
}

/// A trust policy, bound to the principals that it names.
///
/// # Errors
/// What AWS answers to a document that it does not take, or that names nobody.
pub(super) fn trust(text: &str, directory: &Directory<'_>) -> Result<BoundPolicy, Fault> {
    let document = read(PolicyKind::Trust, text)?;
    BoundPolicy::bind(text, &document, PolicyKind::Trust, directory)
        .map_err(|invalid| fault::invalid_principal(invalid.key, &invalid.name))
}
