//! The encryption context: what it may be, the bytes that are authenticated, the condition keys.
//! Source: KMS Developer Guide, "Encryption context" and "AWS KMS condition keys".

use std::collections::{BTreeMap, BTreeSet};

use super::fault;
use crate::ask::Ask;
use crate::fault::Fault;

/// An encryption context.
pub(super) type EncryptionContext = BTreeMap<String, String>;

/// The most bytes of keys and values together. Source: KMS Developer Guide, "Resource quotas".
const BYTES_MAX: usize = 8_192;

/// Refuses a context that is too long, or whose keys differ only by case: condition keys have no
/// case, so that a policy could not tell the two apart.
pub(super) fn check(context: &EncryptionContext) -> Result<(), Fault> {
    let bytes: usize = context.iter().map(|(key, value)| key.len() + value.len()).sum();
    if bytes > BYTES_MAX {
        let text = format!("The encryption context is longer than {BYTES_MAX} bytes.");
        return Err(fault::validation(text));
    }
    let keys: BTreeSet<_> = context.keys().map(|key| key.to_lowercase()).collect();
    if keys.len() != context.len() {
        let text = "The encryption context has keys that differ only by case.";
        return Err(fault::validation(text));
    }
    Ok(())
}

/// The bytes of a context, the same for the same pairs and for no others: each text is preceded by
/// its length.
pub(super) fn canonical(context: &EncryptionContext, into: &mut Vec<u8>) {
    for text in context.iter().flat_map(|(key, value)| [key, value]) {
        into.extend_from_slice(&(text.len() as u64).to_be_bytes());
        into.extend_from_slice(text.as_bytes());
    }
}

/// The condition keys of a context; without pairs there are none.
pub(super) fn asked<'a>(ask: Ask<'a>, context: &EncryptionContext) -> Ask<'a> {
    if context.is_empty() {
        return ask;
    }
    let keys = context.keys().map(String::as_str);
    ask.with_many("kms:EncryptionContextKeys", keys).with_map("kms:EncryptionContext", ':', context)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context(pairs: &[(&str, &str)]) -> EncryptionContext {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn contexts_that_join_to_the_same_text_differ() {
        let bytes = |pairs: &[(&str, &str)]| {
            let mut bytes = Vec::new();
            canonical(&context(pairs), &mut bytes);
            bytes
        };
        assert_ne!(bytes(&[("ab", "c")]), bytes(&[("a", "bc")]));
        assert_ne!(bytes(&[("a", "b"), ("c", "d")]), bytes(&[("a", "bcd")]));
        assert_eq!(bytes(&[("a", "1"), ("b", "2")]), bytes(&[("b", "2"), ("a", "1")]));
    }

    #[test]
    fn length_and_case_have_bounds() {
        assert!(check(&context(&[("a", "1"), ("b", "2")])).is_ok());
        assert!(check(&context(&[("app", "1"), ("App", "2")])).is_err());
        assert!(check(&context(&[("a", &"x".repeat(BYTES_MAX - 1))])).is_ok());
        assert!(check(&context(&[("a", &"x".repeat(BYTES_MAX))])).is_err());
    }
}
