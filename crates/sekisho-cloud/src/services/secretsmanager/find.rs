//! From what a request names to the secret, and the question about it.
//!
//! A name means a secret of the caller's account; a secret of another account is named by its ARN. The
//! question comes before whether the secret exists: whoever may not read a secret does not learn
//! whether there is one. Source: Secrets Manager API Reference, "GetSecretValue", `SecretId`.

use sekisho_iam::{AccountId, Arn};

use super::fault;
use super::state::{Secret, SecretsManager};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;

/// The length of what stands behind a name in an ARN, with its hyphen.
const SUFFIX_LEN: usize = 7;

/// The secret that a request names, if it lives.
pub(super) fn secret<'s>(
    asked: &str,
    (account, region, now_ms): (AccountId, &str, i64),
    held: &'s SecretsManager,
) -> Option<&'s Secret> {
    let living = |account, name: &str| held.living(&format!("{account}/{region}/{name}"), now_ms);
    let Some(arn) = Arn::parse(asked) else { return living(account, asked) };
    let name = arn.resource.strip_prefix("secret:").filter(|_| arn.region == region)?;
    let owner = arn.account_id()?;
    let cut = name.len().checked_sub(SUFFIX_LEN).and_then(|at| name.split_at_checked(at));
    let whole = cut.and_then(|(name, suffix)| {
        living(owner, name).filter(|one| suffix.strip_prefix('-') == Some(&*one.suffix))
    });
    whole.or_else(|| living(owner, name))
}

/// The question about a secret that a request names.
pub(super) fn ask<'a>(
    action: &'static str,
    asked: &str,
    view: &View<'a, SecretsManager>,
) -> Result<Ask<'a>, Fault> {
    if Arn::parse(asked).is_none() {
        check_name(asked)?;
    }
    let at = (view.account()?, view.region(), view.now_ms());
    let Some(secret) = secret(asked, at, view.state()) else {
        let (account, region, _) = at;
        let arn = match Arn::parse(asked) {
            Some(_) => asked.to_owned(),
            None => format!("arn:aws:secretsmanager:{region}:{account}:secret:{asked}"),
        };
        return Ok(Ask::to(action).on(arn).shown_as(asked));
    };
    let (arn, tags) = (secret.arn(), secret.tags());
    let policy = secret.policy.as_ref().map(|policy| policy.layer(&view.directory()));
    Ok(Ask::to(action)
        .on(arn.as_str())
        .shown_as(asked)
        .under(policy)
        .tagged(&tags)
        .with_map("secretsmanager:ResourceTag", '/', &tags)
        .with("secretsmanager:SecretId", arn)
        .with("secretsmanager:SecretPrimaryRegion", secret.region.as_str()))
}

/// Refuses letters that the name of a secret cannot have.
pub(super) fn check_name(name: &str) -> Result<(), Fault> {
    let in_alphabet = |char: char| char.is_ascii_alphanumeric() || "/_+=.@-!".contains(char);
    if name.chars().all(in_alphabet) { Ok(()) } else { Err(fault::invalid_name()) }
}

/// The secret of an allowed request, marked for deletion or not.
pub(super) fn any(asked: &str, act: &Act<'_, SecretsManager>) -> Result<Secret, Fault> {
    let at = (act.account()?, act.region(), act.now_ms());
    secret(asked, at, act.read()).cloned().ok_or_else(fault::no_secret)
}

/// The secret of an allowed request, which must not be marked for deletion.
pub(super) fn usable(asked: &str, act: &Act<'_, SecretsManager>) -> Result<Secret, Fault> {
    let secret = any(asked, act)?;
    if secret.until_ms.is_some() { Err(fault::marked()) } else { Ok(secret) }
}

/// Keeps a changed secret.
pub(super) fn keep(mut secret: Secret, act: &mut Act<'_, SecretsManager>) {
    secret.changed_ms = act.now_ms();
    act.state().secrets.put(secret.row(), secret);
}
