//! From a signature to a principal: who holds the access key, and whether it still may sign.

use std::sync::Arc;

use sekisho_wire::sigv4::Verified;
use zeroize::Zeroizing;

use crate::cloud::Cloud;
use crate::principal::{Principal, Signer};
use crate::services::iam::state::Bearer;
use crate::session::{Session, SessionOf};
use crate::vault::VaultOf;

/// What an access key id stands for: a principal, and the secret with which it must have signed.
#[derive(Debug)]
pub struct Credential {
    principal: Principal,
    /// The secret access key.
    pub secret: Zeroizing<String>,
}

/// A principal whose signature was verified. Only [`Credential::vouch`] makes one, and only with the
/// proof of the verifier.
#[derive(Debug, Clone)]
pub struct Authentic {
    principal: Arc<Principal>,
}

/// Why an access key cannot sign. How each service words it is `sekisho_wire::sigv4`'s affair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialError {
    /// Nobody has this access key, or it is inactive, or its holder is gone.
    Unknown,
    /// The token is not that of the access key.
    Token,
    /// The session is over.
    Expired,
}

impl Cloud {
    /// Finds the holder of an access key.
    ///
    /// # Errors
    /// Why there is none.
    pub fn credential(
        &self,
        access_key_id: &str,
        token: Option<&str>,
        now_ms: i64,
    ) -> Result<Credential, CredentialError> {
        match token {
            None => self.long_term(access_key_id),
            Some(token) => self.temporary(access_key_id, token, now_ms),
        }
    }

    fn long_term(&self, id: &str) -> Result<Credential, CredentialError> {
        let key = self.iam().access_keys.get(id).filter(|key| key.active);
        let key = key.ok_or(CredentialError::Unknown)?;
        let user = self.iam().users.get(&key.user).filter(|user| user.id == key.user_id);
        let user = user.ok_or(CredentialError::Unknown)?;
        let secret = self.vault(VaultOf::AccessKeys).open(id, &key.secret);
        let secret = secret.and_then(|bytes| text(&bytes)).ok_or(CredentialError::Unknown)?;
        let signer = Signer { access_key_id: id.to_owned(), session: None };
        let principal = Principal::user(user.account, &user.arn(), &user.id).signing(signer);
        Ok(Credential { principal, secret })
    }

    fn temporary(&self, id: &str, token: &str, now_ms: i64) -> Result<Credential, CredentialError> {
        let session = Session::open(self.vault(VaultOf::Sessions), id, token);
        let session = Arc::new(session.ok_or(CredentialError::Token)?);
        if now_ms >= session.expires_ms {
            return Err(CredentialError::Expired);
        }
        let principal = self.holder(&session).ok_or(CredentialError::Unknown)?;
        let secret = session.secret.clone();
        let signer = Signer { access_key_id: id.to_owned(), session: Some(session) };
        Ok(Credential { principal: principal.signing(signer), secret })
    }

    /// The living principal of a session.
    fn holder(&self, session: &Session) -> Option<Principal> {
        match &session.of {
            SessionOf::Role { id, name } => {
                let role = self.iam().role_by_id(id)?;
                Some(Principal::role(role.account, &role.arn(), id, name))
            }
            SessionOf::User { id } => {
                let user = self.iam().user_by_id(id)?;
                Some(Principal::user(user.account, &user.arn(), id))
            }
            SessionOf::Root => Some(Principal::root(session.account)),
            SessionOf::Federated { issuer, name } => {
                let account = session.account;
                let arn = match issuer {
                    Some(id) => self.iam().user_by_id(id)?.arn(),
                    None => format!("arn:aws:iam::{account}:root"),
                };
                Some(Principal::federated(account, &arn, name))
            }
        }
    }

    /// Whether a principal that was authenticated a moment ago is still there: between the
    /// signature's check and the call, another call may have deleted it.
    pub(crate) fn still_there(&self, principal: &Principal) -> bool {
        let signer = principal.credential.as_ref();
        let long_term = signer.filter(|signer| signer.session.is_none());
        let key_may_sign = long_term.is_none_or(|signer| {
            self.iam().access_keys.get(&signer.access_key_id).is_some_and(|key| key.active)
        });
        let bearer_lives = principal.bearer_id().is_none_or(|id| match self.iam().ids.get(id) {
            Some(Bearer::User(key)) => self.iam().users.has(key),
            Some(Bearer::Role(key)) => self.iam().roles.has(key),
            None => false,
        });
        key_may_sign && bearer_lives
    }
}

impl Credential {
    /// The principal, once its signature is verified; `None` where the proof is of another key.
    pub fn vouch(self, proof: &Verified) -> Option<Authentic> {
        let signer = self.principal.credential.as_ref()?;
        let same = signer.access_key_id == proof.credential.access_key_id;
        same.then(|| Authentic { principal: Arc::new(self.principal) })
    }
}

impl Authentic {
    /// Who it is.
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// Who it is, to be kept.
    pub(crate) fn shared(&self) -> Arc<Principal> {
        Arc::clone(&self.principal)
    }
}

fn text(bytes: &[u8]) -> Option<Zeroizing<String>> {
    std::str::from_utf8(bytes).ok().map(|text| Zeroizing::new(text.to_owned()))
}
