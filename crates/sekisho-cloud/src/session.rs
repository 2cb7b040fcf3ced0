//! Temporary credentials. What a session is stands in its token, sealed under the root key, so that
//! the engine keeps nothing of sessions and forgets none.
//!
//! Source: IAM User Guide, "Temporary security credentials in IAM"; what AWS's tokens hold is not
//! documented, only that they are opaque and of no fixed length.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sekisho_iam::AccountId;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::dice::Dice;
use crate::vault::{Sealed, Vault};

/// The longest session token that is taken, in bytes. AWS sets no limit; sessions with the longest
/// policies and fifty tags stay below a fifth of it.
pub const TOKEN_BYTES_MAX: usize = 64 * 1024;

/// A session, as its token holds it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Session {
    /// `ASIA…`.
    pub access_key_id: String,
    /// The secret that signs its requests.
    pub secret: Zeroizing<String>,
    /// The account of the principal.
    #[serde(with = "account_text")]
    pub account: AccountId,
    /// Who acts.
    pub of: SessionOf,
    /// When it was issued, in milliseconds since 1970.
    pub issued_ms: i64,
    /// When it ends, in milliseconds since 1970.
    pub expires_ms: i64,
    /// Session policies: their texts and the ARNs of managed ones. `None`: none were passed.
    pub policies: Option<SessionPolicies>,
    /// Session tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// The keys of the tags that the next session in a chain inherits, in lower case.
    #[serde(default)]
    pub transitive: BTreeSet<String>,
    /// `SourceIdentity`: once set, it stays through the chain.
    pub source_identity: Option<String>,
    /// Whether it was issued with multi-factor authentication.
    #[serde(default)]
    pub mfa: bool,
}

/// Who acts in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionOf {
    /// A role (`AssumeRole`).
    Role {
        /// Its unique id: a new role of the same name is another.
        id: String,
        /// `RoleSessionName`.
        name: String,
    },
    /// A user (`GetSessionToken`).
    User {
        /// Its unique id.
        id: String,
    },
    /// The root user of the account (`GetSessionToken`).
    Root,
    /// Somebody whom a user lets act with a part of its permissions (`GetFederationToken`).
    Federated {
        /// The unique id of the user; `None`: the root user of the account.
        issuer: Option<String>,
        /// `Name`.
        name: String,
    },
}

/// The policies of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionPolicies {
    /// The inline policy.
    pub inline: Option<String>,
    /// The ARNs of managed policies.
    pub managed: Vec<String>,
}

impl Session {
    /// Seals the session into the token that its holder sends with each request. `None` only where
    /// the cipher refuses.
    pub fn token(&self, vault: &Vault, dice: &mut Dice) -> Option<String> {
        let text = Zeroizing::new(serde_json::to_vec(self).ok()?);
        let sealed = vault.seal(dice, &self.access_key_id, &text)?;
        Some(STANDARD.encode(sealed.as_bytes()))
    }

    /// Opens the token that came with an access key id; `None` where it is not the token of that key.
    pub fn open(vault: &Vault, access_key_id: &str, token: &str) -> Option<Self> {
        if token.len() > TOKEN_BYTES_MAX {
            return None;
        }
        let sealed = Sealed::from_bytes(STANDARD.decode(token).ok()?);
        let text = vault.open(access_key_id, &sealed)?;
        serde_json::from_slice(&text).ok()
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Session");
        shown.field("access_key_id", &self.access_key_id).field("of", &self.of);
        shown.finish_non_exhaustive()
    }
}

/// Accounts as their twelve digits in rows and tokens.
pub(crate) mod account_text {
    use sekisho_iam::AccountId;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(account: &AccountId, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(account)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<AccountId, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}
