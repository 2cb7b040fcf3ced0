//! Who makes a call, as the gate has authenticated it.

use std::sync::Arc;

use sekisho_iam::caller::{FederatedUser, RoleSession, User};
use sekisho_iam::{AccountId, Caller};

use crate::session::{Session, SessionOf};

/// The authenticated maker of a call.
#[derive(Debug, Clone)]
pub struct Principal {
    /// As policies see it.
    pub caller: Caller,
    /// With what it signed; services and anonymous callers sign with nothing.
    pub credential: Option<Signer>,
}

/// The credential that signed a call.
#[derive(Debug, Clone)]
pub struct Signer {
    /// `AKIA…` or `ASIA…`.
    pub access_key_id: String,
    /// The session, for temporary credentials.
    pub session: Option<Arc<Session>>,
}

impl Principal {
    /// Nobody: the call is not signed.
    pub fn anonymous() -> Self {
        Self { caller: Caller::Anonymous, credential: None }
    }

    /// A service that acts for itself.
    pub fn service(name: &str) -> Self {
        Self { caller: Caller::Service(name.to_owned()), credential: None }
    }

    /// The root user of an account, without credentials: the engine itself when it founds the account.
    pub fn root(account: AccountId) -> Self {
        Self { caller: Caller::Root(account), credential: None }
    }

    /// A user.
    pub fn user(account: AccountId, arn: &str, id: &str) -> Self {
        let user = User { account, arn: arn.to_owned(), id: Some(id.to_owned()) };
        Self { caller: Caller::User(user), credential: None }
    }

    /// A session of a role.
    pub fn role(account: AccountId, role_arn: &str, role_id: &str, session_name: &str) -> Self {
        let session = RoleSession {
            account,
            role_arn: role_arn.to_owned(),
            session_name: Some(session_name.to_owned()),
            role_id: Some(role_id.to_owned()),
            provider: None,
        };
        Self { caller: Caller::Role(session), credential: None }
    }

    /// Somebody whom a user (or the root user) of an account lets act.
    pub fn federated(account: AccountId, issuer_arn: &str, name: &str) -> Self {
        let arn = format!("arn:aws:sts::{account}:federated-user/{name}");
        let user = FederatedUser { account, arn, issuer_arn: Some(issuer_arn.to_owned()) };
        Self { caller: Caller::FederatedUser(user), credential: None }
    }

    /// The same with the credential that signed.
    #[must_use]
    pub fn signing(mut self, credential: Signer) -> Self {
        self.credential = Some(credential);
        self
    }

    /// The account that it acts for.
    pub fn account(&self) -> Option<AccountId> {
        self.caller.account()
    }

    /// Its session, where its credentials are temporary.
    pub fn session(&self) -> Option<&Session> {
        self.credential.as_ref()?.session.as_deref()
    }

    /// The unique id of the user or role.
    pub fn id(&self) -> Option<&str> {
        match &self.caller {
            Caller::User(user) => user.id.as_deref(),
            Caller::Role(role) => role.role_id.as_deref(),
            _ => None,
        }
    }

    /// The unique id of the user or role whose policies stand behind it: of a federated user, the
    /// user who let it act.
    pub fn bearer_id(&self) -> Option<&str> {
        match self.session().map(|session| &session.of) {
            Some(SessionOf::Federated { issuer, .. }) => issuer.as_deref(),
            _ => self.id(),
        }
    }

    /// `UserId` as STS gives it: `AIDA…`, `AROA…:session`, the account's number for the root user.
    pub fn user_id(&self) -> String {
        match &self.caller {
            Caller::Role(role) => {
                let part = |text: &Option<String>| text.clone().unwrap_or_default();
                format!("{}:{}", part(&role.role_id), part(&role.session_name))
            }
            Caller::User(user) => user.id.clone().unwrap_or_default(),
            Caller::FederatedUser(user) => {
                let name = user.arn.rsplit('/').next().unwrap_or_default();
                format!("{}:{name}", user.account)
            }
            other => other.account().map(|account| account.to_string()).unwrap_or_default(),
        }
    }
}
