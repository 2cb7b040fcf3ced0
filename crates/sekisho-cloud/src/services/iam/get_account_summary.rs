//! `GetAccountSummary`: what an account has of IAM, and how much it may have. What is not served
//! (certificates, devices, identity providers, passwords) counts as nothing. Source: IAM API Reference,
//! "GetAccountSummary"; quotas as recorded in 2026.

use std::collections::BTreeMap;

use sekisho_iam::document::limits;
use sekisho_iam::{AccountId, PolicyKind};
use serde::{Deserialize, Serialize};

use super::state::Iam;
use super::{
    add_user_to_group, attached, create_access_key, create_group, create_instance_profile,
    create_policy, create_policy_version, create_role, create_user, policies,
};
use crate::act::{Act, View};
use crate::ask::Ask;
use crate::fault::Fault;
use crate::operation::{Effect, Operation, Permit};

/// `iam:GetAccountSummary`.
#[derive(Debug)]
pub struct GetAccountSummary;

/// The input has no members.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {}

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    summary_map: BTreeMap<&'static str, usize>,
}

impl Operation for GetAccountSummary {
    const NAME: &'static str = "iam:GetAccountSummary";
    const ASKS: &'static [&'static str] = &["iam:GetAccountSummary"];
    const EFFECT: Effect = Effect::Read;

    type State = Iam;
    type In = Input;
    type Out = Output;

    fn asks<'a>(_: &Input, view: &View<'a, Iam>) -> Result<Vec<Ask<'a>>, Fault> {
        view.account()?;
        Ok(vec![Ask::to("iam:GetAccountSummary")])
    }

    fn act(_: Permit<Self>, _: Input, act: &mut Act<'_, Iam>) -> Result<Output, Fault> {
        let counted = counts(act.read(), act.account()?).into_iter();
        let figures = counted.chain(quotas()).chain(ABSENT.map(|name| (name, 0)));
        Ok(Output { summary_map: figures.collect() })
    }
}

/// What no account has here.
const ABSENT: [&str; 8] = [
    "AccountAccessKeysPresent",
    "AccountMFAEnabled",
    "AccountPasswordPresent",
    "AccountSigningCertificatesPresent",
    "MFADevices",
    "MFADevicesInUse",
    "Providers",
    "ServerCertificates",
];

fn counts(iam: &Iam, account: AccountId) -> [(&'static str, usize); 6] {
    let prefix = format!("{account}/");
    let own = || policies::of_account(iam, account);
    [
        ("Users", iam.users.under(&prefix).count()),
        ("Groups", iam.groups.under(&prefix).count()),
        ("Roles", iam.roles.under(&prefix).count()),
        ("InstanceProfiles", iam.profiles.under(&prefix).count()),
        ("Policies", own().count()),
        ("PolicyVersionsInUse", own().map(|policy| policy.versions.len()).sum()),
    ]
}

fn quotas() -> [(&'static str, usize); 20] {
    let size = |kind| limits::limit(kind).map_or(0, |limit| limit.size);
    [
        ("AccessKeysPerUserQuota", create_access_key::KEYS_MAX),
        ("AssumeRolePolicySizeQuota", size(PolicyKind::Trust)),
        ("AttachedPoliciesPerGroupQuota", attached::POLICIES_MAX),
        ("AttachedPoliciesPerRoleQuota", attached::POLICIES_MAX),
        ("AttachedPoliciesPerUserQuota", attached::POLICIES_MAX),
        ("GlobalEndpointTokenVersion", 1),
        ("GroupPolicySizeQuota", size(PolicyKind::GroupInline)),
        ("GroupsPerUserQuota", add_user_to_group::GROUPS_MAX),
        ("GroupsQuota", create_group::GROUPS_MAX),
        ("InstanceProfilesQuota", create_instance_profile::PROFILES_MAX),
        ("PoliciesQuota", create_policy::POLICIES_MAX),
        ("PolicySizeQuota", size(PolicyKind::Managed)),
        ("PolicyVersionsInUseQuota", 10_000),
        ("RolePolicySizeQuota", size(PolicyKind::RoleInline)),
        ("RolesQuota", create_role::ROLES_MAX),
        ("ServerCertificatesQuota", 20),
        ("SigningCertificatesPerUserQuota", 2),
        ("UserPolicySizeQuota", size(PolicyKind::UserInline)),
        ("UsersQuota", create_user::USERS_MAX),
        ("VersionsPerPolicyQuota", create_policy_version::VERSIONS_MAX),
    ]
}
