//! `userIdentity`: who called, in the form that the recipient may see.
//!
//! Source: CloudTrail User Guide, "CloudTrail userIdentity element"; IAM User Guide, "Logging IAM and
//! AWS STS API calls with AWS CloudTrail" (what the other account is shown).

use sekisho_iam::caller::{FederatedUser, RoleSession};
use sekisho_iam::{AccountId, Caller};
use serde::Serialize;

use crate::facts::{SessionFacts, Sight, Who};
use crate::time::iso8601;

/// The element, its members in AWS's order.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserIdentity<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    principal_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_key_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity_provider: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_context: Option<SessionContext<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invoked_by: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SessionContext<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    session_issuer: Option<Issuer<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    web_id_federation_data: Option<WebIdentity<'a>>,
    attributes: Attributes,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_identity: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Issuer<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    principal_id: Option<String>,
    arn: &'a str,
    account_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_name: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct WebIdentity<'a> {
    federated_provider: &'a str,
    attributes: Nothing,
}

/// `{}`: AWS names no attributes of web identities.
#[derive(Debug, Serialize)]
struct Nothing {}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Attributes {
    creation_date: String,
    /// Text, as AWS writes it.
    mfa_authenticated: &'static str,
}

impl<'a> UserIdentity<'a> {
    /// The caller as the recipient sees it; `invoked_by` is the service by way of which it called.
    pub(crate) fn of(who: &Who<'a>, invoked_by: Option<&'a str>) -> Self {
        let identity = match who.sight {
            Sight::Own => Self::own(who),
            Sight::Foreign => Self::foreign(who.caller),
        };
        Self { invoked_by: identity.invoked_by.or(invoked_by), ..identity }
    }

    fn own(who: &Who<'a>) -> Self {
        let named = match who.caller {
            Caller::Root(account) => Self {
                kind: "Root",
                arn: Some(format!("arn:aws:iam::{account}:root")),
                user_name: who.alias,
                session_context: who.session.map(SessionContext::plain),
                ..Self::default()
            },
            Caller::User(user) => Self {
                kind: "IAMUser",
                arn: Some(user.arn.clone()),
                user_name: Some(last_segment(&user.arn)),
                session_context: who.session.map(SessionContext::plain),
                ..Self::default()
            },
            Caller::Role(role) => Self {
                kind: "AssumedRole",
                arn: Some(role.session_arn().unwrap_or_else(|| role.role_arn.clone())),
                session_context: who.session.map(|session| SessionContext::of_role(session, role)),
                ..Self::default()
            },
            Caller::FederatedUser(user) => Self {
                kind: "FederatedUser",
                arn: Some(user.arn.clone()),
                session_context: who
                    .session
                    .map(|session| SessionContext::of_federated(session, user)),
                ..Self::default()
            },
            Caller::External(provider) => return Self::stranger(who, provider),
            Caller::Service(name) => return Self::service(name),
            Caller::Anonymous => return Self::anonymous(),
        };
        Self {
            principal_id: principal_id(who.caller),
            account_id: who.caller.account().map(|account| account.to_string()),
            access_key_id: who.access_key_id,
            ..named
        }
    }

    /// What the owner of a resource learns of a caller of another account.
    fn foreign(caller: &'a Caller) -> Self {
        match caller {
            Caller::Service(name) => Self::service(name),
            Caller::Anonymous => Self::anonymous(),
            _ => Self {
                kind: "AWSAccount",
                principal_id: principal_id(caller),
                account_id: caller.account().map(|account| account.to_string()),
                ..Self::default()
            },
        }
    }

    fn service(name: &'a str) -> Self {
        Self { kind: "AWSService", invoked_by: Some(name), ..Self::default() }
    }

    fn anonymous() -> Self {
        Self {
            kind: "AWSAccount",
            principal_id: Some(String::new()),
            account_id: Some("anonymous".to_owned()),
            ..Self::default()
        }
    }

    fn stranger(who: &Who<'a>, provider: &'a str) -> Self {
        let saml = who.stranger.is_some_and(|stranger| stranger.saml);
        Self {
            kind: if saml { "SAMLUser" } else { "WebIdentityUser" },
            principal_id: who.stranger.map(|stranger| stranger.principal_id.to_owned()),
            user_name: who.stranger.map(|stranger| stranger.user_name),
            identity_provider: Some(provider),
            ..Self::default()
        }
    }
}

impl<'a> SessionContext<'a> {
    fn plain(session: SessionFacts<'a>) -> Self {
        Self {
            session_issuer: None,
            web_id_federation_data: None,
            attributes: Attributes {
                creation_date: iso8601(session.issued_ms),
                mfa_authenticated: if session.mfa { "true" } else { "false" },
            },
            source_identity: session.source_identity,
        }
    }

    fn of_role(session: SessionFacts<'a>, role: &'a RoleSession) -> Self {
        let issuer = Issuer {
            kind: "Role",
            principal_id: role.role_id.clone(),
            arn: &role.role_arn,
            account_id: role.account.to_string(),
            user_name: Some(last_segment(&role.role_arn)),
        };
        let web = |provider: &&str| provider.contains(":oidc-provider/");
        let provider = role.provider.as_deref().filter(web);
        Self {
            session_issuer: Some(issuer),
            web_id_federation_data: provider.map(|federated_provider| WebIdentity {
                federated_provider,
                attributes: Nothing {},
            }),
            ..Self::plain(session)
        }
    }

    fn of_federated(session: SessionFacts<'a>, user: &'a FederatedUser) -> Self {
        let issuer = user.issuer_arn.as_deref().map(|arn| issuer(arn, user.account, session));
        Self { session_issuer: issuer, ..Self::plain(session) }
    }
}

/// The issuer of a federated user's session: a user, or the root user.
fn issuer<'a>(arn: &'a str, account: AccountId, session: SessionFacts<'a>) -> Issuer<'a> {
    let is_root = arn.ends_with(":root");
    let id = session.issuer_id.map(str::to_owned);
    Issuer {
        kind: if is_root { "Root" } else { "IAMUser" },
        principal_id: if is_root { Some(account.to_string()) } else { id },
        arn,
        account_id: account.to_string(),
        user_name: (!is_root).then(|| last_segment(arn)),
    }
}

/// `AIDA…`, `AROA…:session`, `ACCOUNT:federated`, or the account's number.
fn principal_id(caller: &Caller) -> Option<String> {
    match caller {
        Caller::Root(account) => Some(account.to_string()),
        Caller::User(user) => user.id.clone(),
        Caller::Role(role) => match (&role.role_id, &role.session_name) {
            (Some(id), Some(name)) => Some(format!("{id}:{name}")),
            (id, _) => id.clone(),
        },
        Caller::FederatedUser(user) => {
            Some(format!("{}:{}", user.account, last_segment(&user.arn)))
        }
        Caller::External(_) | Caller::Service(_) | Caller::Anonymous => None,
    }
}

fn last_segment(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}
