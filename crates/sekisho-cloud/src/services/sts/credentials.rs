//! Credentials of a session: made once, told once, kept nowhere but in their token.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_iam::AccountId;
use sekisho_wire::Millis;
use serde::Serialize;

use super::state::Sts;
use crate::act::Act;
use crate::fault::Fault;
use crate::services::iam::ids::{IdOf, new_id};
use crate::session::{Session, SessionOf, SessionPolicies};
use crate::vault::VaultOf;

/// The length of a secret access key.
const SECRET_DIGITS: usize = 40;

/// What a session holds besides who acts in it.
#[derive(Debug, Default)]
pub(super) struct Holding {
    pub(super) policies: Option<SessionPolicies>,
    pub(super) tags: BTreeMap<String, String>,
    pub(super) transitive: BTreeSet<String>,
    pub(super) source_identity: Option<String>,
}

/// Credentials as a reply tells them.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Credentials {
    access_key_id: String,
    secret_access_key: String,
    session_token: String,
    expiration: Millis,
}

impl Credentials {
    /// Makes the credentials of a new session.
    pub(super) fn issue(
        account: AccountId,
        of: SessionOf,
        seconds: u32,
        holding: Holding,
        act: &mut Act<'_, Sts>,
    ) -> Result<Self, Fault> {
        let now_ms = act.now_ms();
        let session = Session {
            access_key_id: new_id(IdOf::TemporaryKey, account, act.dice()),
            secret: act.dice().base64(SECRET_DIGITS).into(),
            account,
            of,
            issued_ms: now_ms,
            expires_ms: now_ms + i64::from(seconds) * 1000,
            policies: holding.policies,
            tags: holding.tags,
            transitive: holding.transitive,
            source_identity: holding.source_identity,
            mfa: false,
        };
        let (vault, dice) = act.vault(VaultOf::Sessions);
        let token = session.token(vault, dice);
        Ok(Self {
            session_token: token.ok_or_else(|| Fault::internal(&"the cipher refused"))?,
            secret_access_key: session.secret.to_string(),
            access_key_id: session.access_key_id,
            expiration: Millis(session.expires_ms),
        })
    }
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("id", &self.access_key_id).finish_non_exhaustive()
    }
}
