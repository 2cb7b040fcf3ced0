//! Managed policies, the customers' and AWS's own.

use std::borrow::Cow;

use sekisho_iam::{AccountId, Arn, Document, PolicyKind};
use sekisho_tree::read_json;

use super::aws_managed;
use super::fault;
use super::state::Iam;
use crate::fault::Fault;

/// Whether there is such a managed policy.
pub fn has(iam: &Iam, arn: &str) -> bool {
    iam.policies.has(arn) || aws_managed::find(arn).is_some()
}

/// The text of a managed policy that is in force; `None` where there is no such policy.
pub fn text<'a>(iam: &'a Iam, arn: &str) -> Option<Cow<'a, str>> {
    match iam.policies.get(arn) {
        Some(policy) => Some(Cow::Borrowed(policy.text())),
        None => aws_managed::text(arn).map(Cow::Borrowed),
    }
}

/// What a managed policy that is in force says; `None` where there is no such policy, or none that can
/// be read. AWS does not hold its own policies to the length that it sets for customers.
pub fn document(iam: &Iam, arn: &str) -> Option<Document> {
    match iam.policies.get(arn) {
        Some(policy) => Document::from_json(policy.text(), PolicyKind::Managed).document,
        None => of_aws(aws_managed::text(arn)?),
    }
}

/// What a policy of AWS says, of whatever length.
pub(super) fn of_aws(text: &str) -> Option<Document> {
    Document::read(&read_json(text).node?, PolicyKind::Managed).document
}

/// Whether a managed policy can be attached to a principal of an account: AWS's own, or the
/// account's.
///
/// # Errors
/// When the ARN is none, or there is no such policy.
pub(super) fn attachable(iam: &Iam, account: AccountId, arn: &str) -> Result<(), Fault> {
    let parsed = Arn::parse(arn).filter(|parsed| parsed.resource.starts_with("policy/"));
    let parsed = parsed.ok_or_else(|| fault::not_an_arn(arn))?;
    if aws_managed::is_for_services(arn) {
        return Err(fault::for_services_only());
    }
    let reachable = parsed.account == "aws" || parsed.account_id() == Some(account);
    if reachable && has(iam, arn) { Ok(()) } else { Err(fault::not_attachable(arn)) }
}
