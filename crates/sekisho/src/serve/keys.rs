//! Signing keys that were derived already: four HMACs that every call of a client would cost.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use sekisho_wire::sigv4::{Credential, SigningKey};

/// The most keys that are kept; then all are derived anew. A bound on memory, not on clients.
const KEYS_MAX: usize = 1_024;

/// Derived keys, by access key and scope. The secret of an access key never changes, so a key that
/// was derived stays right; whether the access key may still sign is asked for each call.
#[derive(Default)]
pub(crate) struct SigningKeys {
    known: Mutex<BTreeMap<String, SigningKey>>,
}

impl SigningKeys {
    /// The key of a secret for a credential's scope.
    pub(super) fn of(&self, secret: &str, credential: &Credential) -> SigningKey {
        let name = format!("{} {}", credential.access_key_id, credential.scope());
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = known.get(&name) {
            return key.clone();
        }
        if known.len() >= KEYS_MAX {
            known.clear();
        }
        let key = SigningKey::derive(secret, credential);
        known.insert(name, key.clone());
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_apart_by_access_key_day_region_and_service() {
        let keys = SigningKeys::default();
        let scopes = [
            Credential::new("AKIA1", "20261124", "us-east-1", "sts"),
            Credential::new("AKIA1", "20261125", "us-east-1", "sts"),
            Credential::new("AKIA1", "20261124", "eu-west-1", "sts"),
            Credential::new("AKIA1", "20261124", "us-east-1", "iam"),
        ];
        for scope in scopes.iter().chain(&scopes) {
            let derived = SigningKey::derive("secret", scope).sign(b"text");
            assert_eq!(keys.of("secret", scope).sign(b"text"), derived);
        }
        let other = Credential::new("AKIA2", "20261124", "us-east-1", "sts");
        let derived = SigningKey::derive("another", &other).sign(b"text");
        assert_eq!(keys.of("another", &other).sign(b"text"), derived);
    }

    #[test]
    fn so_many_are_kept_and_no_more() {
        let keys = SigningKeys::default();
        for number in 0..=KEYS_MAX {
            keys.of("secret", &Credential::new(&format!("AKIA{number}"), "20261124", "r", "s"));
        }
        assert_eq!(keys.known.lock().unwrap().len(), 1);
    }
}
