//! What the credentials of `GetSessionToken` do not reach, whatever the policies say.
//!
//! Without multi-factor authentication they reach nothing of IAM, and of STS only `AssumeRole` and
//! `GetCallerIdentity`. Source: STS API Reference, "GetSessionToken". IAM refuses them as credentials
//! that are nobody's (recorded), not as a missing permission.

use crate::fault::Fault;
use crate::principal::Principal;
use crate::session::SessionOf;

/// What such a session may ask of STS; the last two have their own words for refusing it.
const OF_STS: [&str; 4] =
    ["sts:AssumeRole", "sts:GetCallerIdentity", "sts:GetFederationToken", "sts:GetSessionToken"];

/// Whether the credentials reach the operation at all.
///
/// # Errors
/// What AWS answers to credentials that do not.
pub(super) fn check(operation: &str, principal: &Principal) -> Result<(), Fault> {
    let Some(session) = principal.session() else { return Ok(()) };
    if !matches!(session.of, SessionOf::User { .. } | SessionOf::Root) {
        return Ok(());
    }
    match operation.split_once(':') {
        Some(("iam", _)) if !session.mfa => Err(refused_by_iam()),
        Some(("sts", _)) if !OF_STS.contains(&operation) => Err(Fault::gone()),
        _ => Ok(()),
    }
}

/// IAM ends the sentence without a full stop (recorded).
fn refused_by_iam() -> Fault {
    let text = "The security token included in the request is invalid";
    Fault::new("InvalidClientTokenId", text).with_status(403)
}
