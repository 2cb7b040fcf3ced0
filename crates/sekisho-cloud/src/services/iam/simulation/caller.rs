//! Who makes the simulated requests.

use sekisho_iam::caller::{RoleSession, User};
use sekisho_iam::{AccountId, Arn, Caller, Context};

use super::super::fault;
use super::subject::Subject;
use crate::fault::Fault;

/// The name of the user who calls where the request names none: one who does not exist.
const NOBODY: &str = "simulated";

/// The user that the request names; else the subject itself. A resource policy speaks of callers, so
/// that with one there must be a user.
///
/// # Errors
/// When it names no user, or none though there must be one.
pub(super) fn caller(
    named: Option<&str>,
    subject: Option<Subject<'_>>,
    has_resource_policy: bool,
    account: AccountId,
    context: &Context,
) -> Result<Caller, Fault> {
    match (named, subject) {
        (Some(arn), _) => user(arn).ok_or_else(fault::caller_is_no_user),
        (None, Some(Subject::User(user))) => {
            let (arn, id) = (user.arn(), Some(user.id.clone()));
            Ok(Caller::User(User { account: user.account, arn, id }))
        }
        _ if has_resource_policy => Err(fault::caller_is_no_user()),
        (None, Some(Subject::Role(role))) => Ok(Caller::Role(RoleSession {
            account: role.account,
            role_arn: role.arn(),
            session_name: None,
            role_id: Some(role.id.clone()),
            provider: None,
        })),
        (None, _) => Ok(stand_in(account, context)),
    }
}

fn user(arn: &str) -> Option<Caller> {
    let parsed = Arn::parse(arn).filter(|one| one.service == "iam")?;
    let account = parsed.account_id().filter(|_| parsed.resource.starts_with("user/"))?;
    Some(Caller::User(User { account, arn: arn.to_owned(), id: None }))
}

/// A user with the name that the context has, if any.
fn stand_in(account: AccountId, context: &Context) -> Caller {
    let name = context.get("aws:username").and_then(|value| value.single()).unwrap_or(NOBODY);
    let arn = format!("arn:aws:iam::{account}:user/{name}");
    Caller::User(User { account, arn, id: None })
}
