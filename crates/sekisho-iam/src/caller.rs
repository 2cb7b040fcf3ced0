//! Who calls: the kinds of principal that AWS knows, and what IAM derives from them.
//!
//! Source: IAM User Guide, "AWS JSON policy elements: Principal" and "IAM policy elements:
//! Variables and tags" (table of principal key values).

use std::fmt;

use crate::arn::{AccountId, Arn};

/// The authenticated maker of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// The root user of an account.
    Root(AccountId),
    /// An IAM user, with long-term keys or a `GetSessionToken` session.
    User(User),
    /// A session of an IAM role, service-linked roles included.
    Role(RoleSession),
    /// A `GetFederationToken` session.
    FederatedUser(FederatedUser),
    /// Somebody known only to an identity provider: the caller of `AssumeRoleWithSAML` and
    /// `AssumeRoleWithWebIdentity`. Holds the provider as a `Federated` principal names it: a SAML or
    /// OIDC provider ARN, or `cognito-identity.amazonaws.com`.
    External(String),
    /// An AWS service acting for itself: `cloudtrail.amazonaws.com`.
    Service(String),
    /// Nobody: the request is not signed.
    Anonymous,
}

/// An IAM user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Its account.
    pub account: AccountId,
    /// `arn:aws:iam::111111111111:user/division/alice`.
    pub arn: String,
    /// Its unique id, `AIDA…`, where known.
    pub id: Option<String>,
}

/// A session of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleSession {
    /// The account of the role.
    pub account: AccountId,
    /// The ARN of the role, with its path.
    pub role_arn: String,
    /// The name of the session. `None`: any session of the role.
    pub session_name: Option<String>,
    /// The unique id of the role, `AROA…`, where known.
    pub role_id: Option<String>,
    /// The identity provider through which the session was made (`AssumeRoleWithSAML`,
    /// `AssumeRoleWithWebIdentity`), as a `Federated` principal names it.
    pub provider: Option<String>,
}

/// A session made by `GetFederationToken`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FederatedUser {
    /// The account.
    pub account: AccountId,
    /// `arn:aws:sts::111111111111:federated-user/bob`.
    pub arn: String,
    /// The ARN of the IAM user who called `GetFederationToken`, or the account's root ARN.
    pub issuer_arn: Option<String>,
}

impl RoleSession {
    /// `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`, where the session has a name. The path of
    /// the role is not part of it.
    pub fn session_arn(&self) -> Option<String> {
        let name = self.session_name.as_deref()?;
        let partition = Arn::parse(&self.role_arn).map_or("aws", |arn| arn.partition);
        let (account, role) = (self.account, last_segment(&self.role_arn));
        Some(format!("arn:{partition}:sts::{account}:assumed-role/{role}/{name}"))
    }

    /// Whether this is a service-linked role: only AWS makes roles under that path.
    pub fn is_service_linked(&self) -> bool {
        self.role_arn.contains(":role/aws-service-role/")
    }
}

/// What follows the last slash: the name in `user/division/alice`.
pub(crate) fn last_segment(text: &str) -> &str {
    text.rsplit('/').next().unwrap_or(text)
}

/// Whether a text has the form of a service principal's name: `sns.amazonaws.com`, with the region
/// where a service has one principal a region, with the suffix of China for some services there.
/// Source: IAM User Guide, "AWS JSON policy elements: Principal", section "AWS service principals".
pub(crate) fn is_service(text: &str) -> bool {
    let name = text.strip_suffix(".cn").unwrap_or(text).strip_suffix(".amazonaws.com");
    name.is_some_and(|name| !name.is_empty() && !name.contains([':', '/', '*', '?']))
}

/// Why a text names no caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` names no caller: write the ARN of a user, role, role session or federated user, the root ARN or the 12 digits of an account, a service such as `codebuild.amazonaws.com`, or `anonymous`"
)]
pub struct CallerError(String);

impl Caller {
    /// Reads a caller from its usual name. A role ARN is any session of that role; a session ARN is
    /// taken to be of a role without path (`sts` ARNs do not tell).
    pub fn parse(text: &str) -> Result<Self, CallerError> {
        if text == "anonymous" || text == "*" {
            return Ok(Self::Anonymous);
        }
        if let Some(account) = AccountId::parse(text) {
            return Ok(Self::Root(account));
        }
        if is_service(text) {
            return Ok(Self::Service(text.to_owned()));
        }
        Self::parse_arn(text).ok_or_else(|| CallerError(text.to_owned()))
    }

    fn parse_arn(text: &str) -> Option<Self> {
        let arn = Arn::parse(text)?;
        let account = arn.account_id()?;
        if text.contains(['*', '?', '$']) {
            return None;
        }
        let (kind, rest) = arn.resource.split_once('/').unwrap_or((arn.resource, ""));
        let named = !rest.is_empty() && !rest.ends_with('/');
        match (arn.service, kind) {
            ("iam", "root") if rest.is_empty() => Some(Self::Root(account)),
            ("iam", "user") if named => {
                Some(Self::User(User { account, arn: text.to_owned(), id: None }))
            }
            ("iam", "role") if named => Some(Self::Role(RoleSession::of_role(account, text))),
            ("iam", "saml-provider" | "oidc-provider") if named => {
                Some(Self::External(text.to_owned()))
            }
            ("sts", "assumed-role") => Self::parse_session(&arn, account, rest),
            ("sts", "federated-user") if named => {
                let arn = text.to_owned();
                Some(Self::FederatedUser(FederatedUser { account, arn, issuer_arn: None }))
            }
            _ => None,
        }
    }

    fn parse_session(arn: &Arn<'_>, account: AccountId, rest: &str) -> Option<Self> {
        let (role, session) = rest.split_once('/')?;
        if role.is_empty() || session.is_empty() || session.contains('/') {
            return None;
        }
        let role_arn = format!("arn:{}:iam::{account}:role/{role}", arn.partition);
        let session_name = Some(session.to_owned());
        Some(Self::Role(RoleSession { session_name, ..RoleSession::of_role(account, &role_arn) }))
    }

    /// The account the caller belongs to. Services, outsiders and nobody have none.
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Root(account) => Some(*account),
            Self::User(user) => Some(user.account),
            Self::Role(role) => Some(role.account),
            Self::FederatedUser(user) => Some(user.account),
            Self::External(_) | Self::Service(_) | Self::Anonymous => None,
        }
    }
}

impl FederatedUser {
    /// Whether a root user made the session.
    pub fn is_of_root(&self) -> bool {
        self.issuer_arn.as_deref().is_some_and(|issuer| issuer.ends_with(":root"))
    }
}

impl RoleSession {
    /// Any session of the role with this ARN.
    pub fn of_role(account: AccountId, role_arn: &str) -> Self {
        let role_arn = role_arn.to_owned();
        Self { account, role_arn, session_name: None, role_id: None, provider: None }
    }
}

impl fmt::Display for Caller {
    /// The ARN that AWS writes into its messages: for a role the session's, where it has a name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root(account) => write!(f, "arn:aws:iam::{account}:root"),
            Self::User(user) => f.write_str(&user.arn),
            Self::Role(role) => match role.session_arn() {
                Some(arn) => f.write_str(&arn),
                None => f.write_str(&role.role_arn),
            },
            Self::FederatedUser(user) => f.write_str(&user.arn),
            Self::External(provider) => f.write_str(provider),
            Self::Service(name) => f.write_str(name),
            Self::Anonymous => f.write_str("anonymous"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_are_read_by_their_names() {
        for text in [
            "arn:aws:iam::111111111111:root",
            "arn:aws:iam::111111111111:user/division/alice",
            "arn:aws:iam::111111111111:role/path/build",
            "arn:aws:sts::111111111111:assumed-role/build/session",
            "arn:aws:sts::111111111111:federated-user/bob",
            "codebuild.amazonaws.com",
            "logs.us-east-1.amazonaws.com",
            "ec2.amazonaws.com.cn",
            "anonymous",
        ] {
            assert_eq!(Caller::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(
            Caller::parse("111111111111").unwrap().to_string(),
            "arn:aws:iam::111111111111:root"
        );
    }

    #[test]
    fn what_names_nobody_is_refused() {
        for text in [
            "",
            "alice",
            "arn:aws:iam::111111111111:user/",
            "arn:aws:iam::111111111111:role/*",
            "arn:aws:iam::11111111111:role/short-account",
            "arn:aws:sts::111111111111:assumed-role/build",
            "arn:aws:sts::111111111111:assumed-role/build/a/b",
            "arn:aws:s3:::bucket",
            ".amazonaws.com",
            "s3.amazonaws.com.de",
            "*.amazonaws.com",
        ] {
            assert!(Caller::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_path_of_a_role_is_not_in_its_session_arn() {
        let Caller::Role(mut role) = Caller::parse("arn:aws:iam::111111111111:role/a/b").unwrap()
        else {
            panic!("a role");
        };
        role.session_name = Some("s".into());
        assert_eq!(role.session_arn().unwrap(), "arn:aws:sts::111111111111:assumed-role/b/s");
    }
}
