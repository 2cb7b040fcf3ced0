//! Policy documents as IAM takes and gives them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sekisho_iam::document::malformed::malformed;
use sekisho_iam::{Document, PolicyKind};

use super::fault;
use crate::bound::BoundPolicy;
use crate::directory::Directory;
use crate::fault::Fault;

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A document as replies hold it. Source: IAM API Reference, "GetRolePolicy" ("URL-encoded compliant
/// with RFC 3986").
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_encoded_as_recorded() {
        assert_eq!(encoded("{\n \"a-b_c.d~\": *}"), "%7B%0A%20%22a-b_c.d~%22%3A%20%2A%7D");
    }
}
