//! The cast of the truth tables: accounts, callers, principals and resources by short names, as
//! `tests/truth/README.md` lists them.

use sekisho_iam::caller::{FederatedUser, RoleSession, User};
use sekisho_iam::document::{Principal, PrincipalKind, Text};
use sekisho_iam::{AccountId, Caller, Resource};

/// What cannot be read says why.
pub(crate) type Parsed<T> = Result<T, String>;

/// A text of a policy; where it stands does not matter here.
pub(crate) fn text(text: &str) -> Text {
    Text { text: text.into(), span: Default::default() }
}

/// `A`, `B` and `C`, or the digits.
pub(crate) fn account(name: &str) -> Parsed<AccountId> {
    let digits = match name {
        "A" => "111111111111",
        "B" => "222222222222",
        "C" => "333333333333",
        other => other,
    };
    AccountId::parse(digits).ok_or_else(|| format!("`{name}` is no account: write A, B or C"))
}

/// `NAME of B`: the name and its account. Without `of` it is account A.
fn of_account(name: &str) -> Parsed<(&str, AccountId)> {
    match name.rsplit_once(" of ") {
        Some((name, of)) => Ok((name, account(of)?)),
        None => Ok((name, account("A")?)),
    }
}

fn user_arn(account: AccountId, name: &str) -> String {
    format!("arn:aws:iam::{account}:user/staff/{name}")
}

fn role_arn(account: AccountId, name: &str) -> String {
    format!("arn:aws:iam::{account}:role/ci/{name}")
}

fn federated_arn(account: AccountId, name: &str) -> String {
    format!("arn:aws:sts::{account}:federated-user/{name}")
}

/// `example` is an OIDC provider of an account; other names are taken as they are.
fn provider(name: &str, account: AccountId) -> String {
    match name {
        "example" => format!("arn:aws:iam::{account}:oidc-provider/example.com"),
        other => other.to_owned(),
    }
}

/// The unique id of a user or role: `AIDAALICE`, `AROABUILD`.
fn unique_id(prefix: &str, name: &str) -> String {
    format!("{prefix}{}", name.to_uppercase())
}

/// Who calls: `user alice`, `session build/s1 of B`, `federated bob by root`, `anonymous` …
pub(crate) fn caller(name: &str) -> Parsed<Caller> {
    let (short, account) = of_account(name)?;
    let (kind, rest) = short.split_once(' ').unwrap_or((short, ""));
    Ok(match kind {
        "root" => Caller::Root(account),
        "user" => Caller::User(User {
            account,
            arn: user_arn(account, rest),
            id: Some(unique_id("AIDA", rest)),
        }),
        "role" => Caller::Role(role(account, rest)),
        "session" => Caller::Role(session(account, rest)?),
        "linked" => Caller::Role(linked(account, rest)),
        "federated" => Caller::FederatedUser(federated(account, rest)),
        "outsider" => Caller::External(provider(rest, account)),
        "service" => Caller::Service(rest.to_owned()),
        "anonymous" => Caller::Anonymous,
        _ => return Err(format!("`{name}` is no caller")),
    })
}

fn role(account: AccountId, name: &str) -> RoleSession {
    let role_id = Some(unique_id("AROA", name));
    RoleSession { role_id, ..RoleSession::of_role(account, &role_arn(account, name)) }
}

/// `build/s1`, or `build/s1 through example`.
fn session(account: AccountId, name: &str) -> Parsed<RoleSession> {
    let (name, through) = match name.split_once(" through ") {
        Some((name, through)) => (name, Some(provider(through, account))),
        None => (name, None),
    };
    let (name, session) = name.split_once('/').ok_or("a session is `ROLE/NAME`")?;
    let session_name = Some(session.to_owned());
    Ok(RoleSession { session_name, provider: through, ..role(account, name) })
}

/// A service-linked role: only its path tells.
fn linked(account: AccountId, name: &str) -> RoleSession {
    let path = "aws-service-role/autoscaling.amazonaws.com";
    let arn = format!("arn:aws:iam::{account}:role/{path}/{name}");
    RoleSession { session_name: Some("s1".into()), ..RoleSession::of_role(account, &arn) }
}

/// `bob`, whom alice federated, or `bob by carol`, `bob by root`.
fn federated(account: AccountId, name: &str) -> FederatedUser {
    let (name, by) = name.split_once(" by ").unwrap_or((name, "alice"));
    let issuer = match by {
        "root" => format!("arn:aws:iam::{account}:root"),
        user => user_arn(account, user),
    };
    FederatedUser { account, arn: federated_arn(account, name), issuer_arn: Some(issuer) }
}

/// An entry of `Principal`: `everyone`, `account A`, `role build`, `session build/s1 of B` …
pub(crate) fn principal(name: &str) -> Parsed<Principal> {
    let (short, account_id) = of_account(name)?;
    let (kind, rest) = short.split_once(' ').unwrap_or((short, ""));
    let aws = |value: String| (PrincipalKind::Aws, value);
    let (kind, value) = match kind {
        "everyone" => (PrincipalKind::Everyone, "*".to_owned()),
        "anyone" => aws("*".to_owned()),
        "account" => aws(format!("arn:aws:iam::{}:root", account(rest)?)),
        "digits" => aws(account(rest)?.to_string()),
        "user" => aws(user_arn(account_id, rest)),
        "role" => aws(role_arn(account_id, rest)),
        "session" => aws(format!("arn:aws:sts::{account_id}:assumed-role/{rest}")),
        "federated" => aws(federated_arn(account_id, rest)),
        "id" => aws(rest.to_owned()),
        "provider" => (PrincipalKind::Federated, provider(rest, account_id)),
        "service" => (PrincipalKind::Service, rest.to_owned()),
        _ => return Err(format!("`{name}` is no principal")),
    };
    Ok(Principal { kind, value: text(&value) })
}

/// The ARN of a resource: `object`, `key of B`, `role deploy`, or the ARN or pattern itself.
pub(crate) fn arn(name: &str) -> Parsed<String> {
    let (short, account) = of_account(name)?;
    Ok(match short {
        "bucket" => "arn:aws:s3:::bucket".to_owned(),
        "object" => "arn:aws:s3:::bucket/report.txt".to_owned(),
        "key" => format!("arn:aws:kms:us-east-1:{account}:key/k-1"),
        "queue" => format!("arn:aws:sqs:us-east-1:{account}:queue"),
        "secret" => format!("arn:aws:secretsmanager:us-east-1:{account}:secret:db-AbCdEf"),
        "table" => format!("arn:aws:dynamodb:us-east-1:{account}:table/t"),
        "*" => "*".to_owned(),
        raw if raw.starts_with("arn:") => raw.to_owned(),
        other => match other.split_once(' ') {
            Some(("role", role)) => role_arn(account, role),
            Some(("user", user)) => user_arn(account, user),
            _ => return Err(format!("`{name}` is no resource")),
        },
    })
}

/// What is asked for. A resource whose ARN does not name an account is of the one after `of`.
pub(crate) fn resource(name: &str) -> Parsed<Resource> {
    let resource = Resource::new(arn(name)?);
    let named = sekisho_iam::Arn::parse(&resource.arn).is_some_and(|arn| !arn.account.is_empty());
    if named || resource.arn == "*" {
        return Ok(resource);
    }
    Ok(resource.owned_by(of_account(name)?.1))
}
