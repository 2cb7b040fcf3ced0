//! Managed policies: how they are found, and how the question about one is put.
//!
//! The policies of AWS belong to no customer: anybody reads them who may, and nobody changes them.

use sekisho_iam::{AccountId, Arn};

use super::aws_managed::{self, AwsPolicy};
use super::fault;
use super::state::{Iam, ManagedPolicy};
use crate::act::View;
use crate::ask::Ask;
use crate::fault::Fault;

/// An account that nobody calls from.
const AWS: &str = "000000000000";

/// A question about a managed policy that is to be changed; a denial calls it by its ARN (recorded).
/// One of AWS is judged like one's own, and then refused as another account's.
///
/// # Errors
/// When the ARN is none of a policy.
pub(super) fn ask<'a>(
    action: &'static str,
    arn: &str,
    view: &View<'a, Iam>,
) -> Result<Ask<'a>, Fault> {
    let ask = ask_read(action, arn, view)?;
    let allowed = is_of_aws(arn) && view.may(&ask);
    Ok(match AccountId::parse(AWS).filter(|_| allowed) {
        Some(aws) => ask.owned_by(aws),
        None => ask,
    })
}

/// A question about a managed policy that is to be read: one of AWS is everybody's own (recorded,
/// also for one that there is not).
///
/// # Errors
/// As [`ask`].
pub(super) fn ask_read<'a>(
    action: &'static str,
    arn: &str,
    view: &View<'a, Iam>,
) -> Result<Ask<'a>, Fault> {
    let parsed = Arn::parse(arn).filter(|parsed| parsed.resource.starts_with("policy/"));
    let parsed = parsed.filter(|parsed| parsed.account_id().is_some() || parsed.account == "aws");
    parsed.ok_or_else(|| fault::not_an_arn(arn))?;
    let ask = Ask::to(action).on(arn).shown_as(format!("policy {arn}"));
    if is_of_aws(arn) {
        return Ok(ask.owned_by(view.account()?));
    }
    Ok(match view.state().policies.get(arn) {
        Some(policy) => ask.tagged(&policy.tags).with_map("iam:ResourceTag", '/', &policy.tags),
        None => ask,
    })
}

/// Whether the ARN is one of AWS's own policies, or would be.
fn is_of_aws(arn: &str) -> bool {
    Arn::parse(arn).is_some_and(|parsed| parsed.account == "aws")
}

/// A managed policy, a customer's or one of AWS.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known<'a> {
    /// A customer's.
    Own(&'a ManagedPolicy),
    /// One of AWS.
    OfAws(&'static AwsPolicy),
}

/// A version of a managed policy.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownVersion<'a> {
    /// `v2` is 2.
    pub(super) number: u32,
    /// Its document.
    pub(super) text: &'a str,
    /// When it was made, in milliseconds since 1970.
    pub(super) created_ms: i64,
    /// Whether it is in force.
    pub(super) is_default: bool,
}

impl<'a> Known<'a> {
    /// Its ARN.
    pub(super) fn arn(self) -> String {
        match self {
            Self::Own(policy) => policy.arn.clone(),
            Self::OfAws(policy) => policy.arn(),
        }
    }

    /// `/` or `/division/`.
    pub(super) fn path(self) -> &'a str {
        match self {
            Self::Own(policy) => &policy.path,
            Self::OfAws(policy) => policy.path,
        }
    }

    /// Its versions, the oldest first; of a policy of AWS, the one in force.
    pub(super) fn versions(self) -> Vec<KnownVersion<'a>> {
        match self {
            Self::Own(policy) => {
                let version =
                    |(number, version): (&u32, &'a super::state::PolicyVersion)| KnownVersion {
                        number: *number,
                        text: &version.text,
                        created_ms: version.created_ms,
                        is_default: *number == policy.default,
                    };
                policy.versions.iter().map(version).collect()
            }
            Self::OfAws(policy) => version_of_aws(policy).into_iter().collect(),
        }
    }

    /// The version with this id: `v2`.
    pub(super) fn version(self, id: &str) -> Option<KnownVersion<'a>> {
        let number = number(id)?;
        self.versions().into_iter().find(|version| version.number == number)
    }
}

fn version_of_aws(policy: &'static AwsPolicy) -> Option<KnownVersion<'static>> {
    Some(KnownVersion {
        number: number(policy.version)?,
        text: policy.text()?,
        created_ms: policy.updated_ms,
        is_default: true,
    })
}

fn number(id: &str) -> Option<u32> {
    id.strip_prefix('v')?.parse().ok()
}

/// The managed policy with this ARN.
///
/// # Errors
/// When there is none.
pub(super) fn find<'a>(iam: &'a Iam, arn: &str) -> Result<Known<'a>, Fault> {
    let own = iam.policies.get(arn).map(Known::Own);
    let known = own.or_else(|| aws_managed::find(arn).map(Known::OfAws));
    known.ok_or_else(|| fault::policy_not_found(arn))
}

/// The customer managed policy with this ARN.
///
/// # Errors
/// When there is none.
pub(super) fn own<'a>(iam: &'a Iam, arn: &str) -> Result<&'a ManagedPolicy, Fault> {
    iam.policies.get(arn).ok_or_else(|| fault::policy_not_found(arn))
}

/// The customer managed policy with this ARN, and the number of its version with this id.
///
/// # Errors
/// When there is no such policy or version.
pub(super) fn own_version<'a>(
    iam: &'a Iam,
    arn: &str,
    id: &str,
) -> Result<(&'a ManagedPolicy, u32), Fault> {
    let policy = iam.policies.get(arn);
    let version = policy.zip(number(id)).filter(|(policy, id)| policy.versions.contains_key(id));
    version.ok_or_else(|| fault::no_version(arn, id))
}

/// The policies of an account.
pub(super) fn of_account(iam: &Iam, account: AccountId) -> impl Iterator<Item = &ManagedPolicy> {
    iam.policies.under(&format!("arn:aws:iam::{account}:policy/")).map(|(_, policy)| policy)
}
