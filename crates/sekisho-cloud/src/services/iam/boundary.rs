//! Permissions boundaries of users and roles: a managed policy that limits what they may do.
//! Source: IAM User Guide, "Permissions boundaries for IAM entities"; texts as recorded from IAM.

use sekisho_iam::{AccountId, Arn};

use super::state::Iam;
use super::{fault, managed};
use crate::fault::Fault;

/// Checks that a policy can be the boundary of a principal of an account.
///
/// # Errors
/// When the ARN is none of a policy, or there is no such policy in reach.
pub(super) fn check(iam: &Iam, account: AccountId, arn: &str) -> Result<(), Fault> {
    let parsed = Arn::parse(arn).filter(|parsed| parsed.resource.starts_with("policy/"));
    let parsed = parsed.ok_or_else(|| fault::no_arn_of_a_boundary(arn))?;
    let reachable = parsed.account == "aws" || parsed.account_id() == Some(account);
    let known = reachable && managed::has(iam, arn);
    if known { Ok(()) } else { Err(fault::no_boundary(arn)) }
}
