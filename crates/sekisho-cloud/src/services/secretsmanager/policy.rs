//! Resource policies. Source: Secrets Manager User Guide, "Resource-based policies"; API Reference,
//! "PutResourcePolicy".

use sekisho_iam::document::malformed::malformed;
use sekisho_iam::{Document, PolicyKind, public};

use super::fault;
use crate::bound::BoundPolicy;
use crate::directory::Directory;
use crate::fault::Fault;

/// Reads a resource policy.
///
/// # Errors
/// When it is none, names principals that do not exist, or is public where that is not to be.
pub(super) fn read(
    text: &str,
    blocks_public: bool,
    directory: &Directory<'_>,
) -> Result<BoundPolicy, Fault> {
    let read = Document::from_json(text, PolicyKind::Resource);
    if let Some(malformed) = malformed(PolicyKind::Resource, &read.diagnostics) {
        return Err(Fault::new(malformed.code, malformed.message));
    }
    let document = read.document.ok_or_else(|| Fault::internal(&"no document and no fault"))?;
    if blocks_public && public::is_public(&document) {
        let text =
            "You can't attach a resource-based policy that allows broad access to the secret.";
        return Err(Fault::new("PublicPolicyException", text));
    }
    let bound = BoundPolicy::bind(text, &document, PolicyKind::Resource, directory);
    bound.map_err(|_| {
        fault::malformed_policy("This resource policy contains an unsupported principal.")
    })
}
