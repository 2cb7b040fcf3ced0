//! Key policies: the default one, and what must be true of one before it is taken.
//! Source: KMS Developer Guide, "Default key policy" and "Key policies in AWS KMS"; KMS API
//! Reference, "PutKeyPolicy".

use sekisho_iam::document::{Condition, Effect, SetPrefix, malformed::malformed};
use sekisho_iam::{AccountId, Document, PolicyKind};

use super::fault;
use crate::bound::BoundPolicy;
use crate::directory::Directory;
use crate::fault::Fault;

/// The only name that a key policy can have.
pub(super) const NAME: &str = "default";

/// The default key policy.
const DEFAULT: &str = r#"{
  "Version" : "2012-10-17",
  "Id" : "key-default-1",
  "Statement" : [ {
    "Sid" : "Enable IAM User Permissions",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "arn:aws:iam::ACCOUNT:root"
    },
    "Action" : "kms:*",
    "Resource" : "*"
  } ]
}"#;

/// The text of the default key policy of an account's keys.
pub(super) fn default_text(account: AccountId) -> String {
    DEFAULT.replace("ACCOUNT", &account.to_string())
}

/// Reads a key policy.
///
/// # Errors
/// When it is none, or names principals that do not exist.
pub(super) fn read(text: &str, directory: &Directory<'_>) -> Result<BoundPolicy, Fault> {
    let read = Document::from_json(text, PolicyKind::Key);
    if let Some(malformed) = malformed(PolicyKind::Key, &read.diagnostics) {
        return Err(Fault::new(malformed.code, malformed.message));
    }
    let document = read.document.ok_or_else(|| Fault::internal(&"no document and no fault"))?;
    if is_overly_permissive(&document) {
        return Err(fault::malformed_policy(OVERLY_PERMISSIVE));
    }
    BoundPolicy::bind(text, &document, PolicyKind::Key, directory).map_err(|_| {
        fault::malformed_policy("Policy contains a statement with one or more invalid principals.")
    })
}

/// Why a condition is refused that holds also where its key is absent.
const OVERLY_PERMISSIVE: &str = "OverlyPermissiveCondition: Using the ForAllValues set operator with a \
    single-valued condition key matches requests without the specified [encryption context or tag] or \
    with an unspecified [encryption context or tag]. To fix, remove ForAllValues.";

fn is_overly_permissive(document: &Document) -> bool {
    let allows = document.statements.iter().filter(|one| one.effect == Effect::Allow);
    allows.flat_map(|statement| &statement.conditions).any(holds_for_nothing)
}

fn holds_for_nothing(condition: &Condition) -> bool {
    let key = condition.key.text.to_ascii_lowercase();
    let single = ["kms:encryptioncontext:", "aws:requesttag/"];
    condition.operator.set == Some(SetPrefix::ForAllValues)
        && single.iter().any(|prefix| key.starts_with(prefix))
}
