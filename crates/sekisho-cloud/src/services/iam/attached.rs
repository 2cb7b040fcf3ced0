//! Managed policies on users, groups and roles, which have them alike. Texts as recorded from IAM.

use sekisho_iam::AccountId;
use serde::Serialize;

use super::paging::{Page, page};
use super::state::{Attached, Iam};
use super::{fault, managed};
use crate::fault::Fault;

/// The most managed policies of a user, group or role. Source: IAM User Guide, "IAM and AWS STS
/// quotas".
pub(super) const POLICIES_MAX: usize = 10;

/// A managed policy in a list of what is attached.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AttachedPolicy {
    policy_name: String,
    policy_arn: String,
}

/// Checks that one more managed policy can be attached; attaching it twice changes nothing. `quota`
/// is `PoliciesPerUser` and its kin.
///
/// # Errors
/// When there is no such policy in reach, or there are too many.
pub(super) fn check(
    iam: &Iam,
    account: AccountId,
    attached: &Attached,
    arn: &str,
    quota: &str,
) -> Result<(), Fault> {
    managed::attachable(iam, account, arn)?;
    if !attached.managed.contains(arn) && attached.managed.len() >= POLICIES_MAX {
        return Err(fault::quota(quota, POLICIES_MAX));
    }
    Ok(())
}

/// Checks that a managed policy is attached and so can be detached.
///
/// # Errors
/// When it is not.
pub(super) fn check_detach(attached: &Attached, arn: &str) -> Result<(), Fault> {
    if attached.managed.contains(arn) { Ok(()) } else { Err(fault::policy_not_found(arn)) }
}

/// What is attached, page by page; with a prefix, policies whose paths begin so.
///
/// # Errors
/// When the marker is none of ours.
pub(super) fn list(
    attached: &Attached,
    path_prefix: Option<&str>,
    marker: Option<&str>,
    max_items: Option<u32>,
) -> Result<Page<AttachedPolicy>, Fault> {
    let prefix = path_prefix.unwrap_or("/");
    let arns = attached.managed.iter().filter(|arn| path_of(arn).starts_with(prefix));
    let rows = arns.map(|arn| (arn.as_str(), arn.as_str()));
    Ok(page(rows, marker, max_items)?.map(AttachedPolicy::of))
}

impl AttachedPolicy {
    /// The policy with this ARN.
    pub(super) fn of(arn: &str) -> Self {
        let name = arn.rsplit('/').next().unwrap_or(arn);
        Self { policy_name: name.to_owned(), policy_arn: arn.to_owned() }
    }
}

/// `/service-role/` of `arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`.
fn path_of(arn: &str) -> &str {
    let resource = arn.split_once(":policy").map_or("", |(_, resource)| resource);
    resource.rfind('/').and_then(|end| resource.get(..=end)).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stands_between_the_kind_and_the_name() {
        assert_eq!(path_of("arn:aws:iam::aws:policy/AdministratorAccess"), "/");
        assert_eq!(path_of("arn:aws:iam::aws:policy/service-role/X"), "/service-role/");
        assert_eq!(path_of("arn:aws:iam::111111111111:policy/a/b/c"), "/a/b/");
    }
}
