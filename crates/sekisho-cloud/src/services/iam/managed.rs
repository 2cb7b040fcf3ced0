//! Managed policies, the customers' and AWS's own.

use std::borrow::Cow;

use sekisho_iam::{AccountId, Arn};

use super::aws_managed;
use super::fault;
use super::state::Iam;
use crate::fault::Fault;

/// The text of a managed policy that is in force; `None` where there is no such policy.
pub fn text<'a>(iam: &'a Iam, arn: &str) -> Option<Cow<'a, str>> {
    match iam.policies.get(arn) {
        Some(policy) => Some(Cow::Borrowed(policy.text())),
        None => aws_managed::text(arn).map(Cow::Borrowed),
    }
}

/// Whether a managed policy can be attached to a principal of an account: AWS's own, or the
/// account's.
///
/// # Errors
/// When the ARN is none, or there is no such policy.
pub(super) fn attachable(iam: &Iam, account: AccountId, arn: &str) -> Result<(), Fault> {
    let parsed = parsed(arn).ok_or_else(|| fault::not_an_arn(arn))?;
    if reaches(iam, account, arn, &parsed) { Ok(()) } else { Err(fault::not_attachable(arn)) }
}

/// Whether a managed policy can be the boundary of a principal of an account.
///
/// # Errors
/// As [`attachable`], in the words that IAM has for boundaries.
pub(super) fn boundary(iam: &Iam, account: AccountId, arn: &str) -> Result<(), Fault> {
    let parsed = parsed(arn).ok_or_else(|| fault::not_an_arn_of_a_boundary(arn))?;
    if reaches(iam, account, arn, &parsed) { Ok(()) } else { Err(fault::no_boundary(arn)) }
}

fn parsed(arn: &str) -> Option<Arn<'_>> {
    Arn::parse(arn).filter(|parsed| parsed.resource.starts_with("policy/"))
}

fn reaches(iam: &Iam, account: AccountId, arn: &str, parsed: &Arn<'_>) -> bool {
    let own = parsed.account == "aws" || parsed.account_id() == Some(account);
    own && text(iam, arn).is_some()
}
