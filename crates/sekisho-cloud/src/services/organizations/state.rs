//! What Organizations holds: one organization, its root, units and accounts, policies and where
//! they are attached.

use std::collections::BTreeMap;

use sekisho_iam::AccountId;
use serde::{Deserialize, Serialize};

use crate::session::account_text;
use crate::table::{AnyTable, Table};

/// The state of Organizations.
#[derive(Debug)]
pub struct Organizations {
    /// The organization: one row, [`ORGANIZATION`].
    pub organization: Table<Organization>,
    /// The root and the organizational units, by id: `r-ab12`, `ou-ab12-…`.
    pub units: Table<Unit>,
    /// The member accounts and the management account, by number.
    pub members: Table<Member>,
    /// Policies by id: `p-…`. Those of AWS (`p-FullAWSAccess`) are rows as well.
    pub policies: Table<OrganizationPolicy>,
    /// What is attached where: `TARGET/POLICY`.
    pub attachments: Table<()>,
    /// Invitations by id: `h-…`.
    pub handshakes: Table<Handshake>,
    /// Requests for new accounts by id: `car-…`.
    pub requests: Table<AccountRequest>,
}

/// The key of the one row of [`Organizations::organization`].
pub const ORGANIZATION: &str = "organization";

/// The most accounts. AWS begins with ten and raises it on request to 10,000; how many an estate has
/// is its own affair. Source: Organizations User Guide, "Quotas".
pub const ACCOUNTS_MAX: usize = 10_000;

/// The organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// `o-…`.
    pub id: String,
    /// The id of its root, `r-…`.
    pub root: String,
    /// The management account: neither SCPs nor RCPs bind it.
    #[serde(with = "account_text")]
    pub management: AccountId,
    /// Whether all features are on, or only consolidated billing.
    pub all_features: bool,
    /// Whether SCPs are enabled in the root.
    pub scps: bool,
    /// Whether RCPs are enabled in the root.
    pub rcps: bool,
}

/// The root or an organizational unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// `r-…` or `ou-…`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The id of what it is in; the root is in nothing.
    pub parent: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}

/// An account of the organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its number.
    #[serde(with = "account_text")]
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Its email address.
    pub email: String,
    /// The id of what it is in.
    pub parent: String,
    /// When it joined, in milliseconds since 1970.
    pub joined_ms: i64,
    /// Whether it was created in the organization, or invited.
    pub created: bool,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}

/// A policy of the organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationPolicy {
    /// `p-…`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: String,
    /// What it controls.
    pub kind: OrganizationPolicyKind,
    /// Its text.
    pub text: String,
    /// Whether it is AWS's own.
    pub aws_managed: bool,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}

/// What a policy of the organization controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrganizationPolicyKind {
    /// What principals of its accounts may do.
    #[serde(rename = "SERVICE_CONTROL_POLICY")]
    Scp,
    /// What may be done to resources of its accounts.
    #[serde(rename = "RESOURCE_CONTROL_POLICY")]
    Rcp,
}

/// An invitation to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handshake {
    /// `h-…`.
    pub id: String,
    /// The account that is invited.
    #[serde(with = "account_text")]
    pub account: AccountId,
    /// When, in milliseconds since 1970.
    pub requested_ms: i64,
    /// Until when it can be accepted, in milliseconds since 1970.
    pub expires_ms: i64,
    /// Whether it is accepted.
    pub accepted: bool,
    /// The tags that the account is to have.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}

/// A request for a new account, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRequest {
    /// `car-…`.
    pub id: String,
    /// The name of the account.
    pub name: String,
    /// The number of the account; `None`: it could not be made.
    pub account: Option<String>,
    /// Why it could not be made.
    pub failure: Option<String>,
    /// When, in milliseconds since 1970.
    pub requested_ms: i64,
}

impl Default for Organizations {
    fn default() -> Self {
        Self {
            organization: Table::new("organizations.organization"),
            units: Table::new("organizations.unit"),
            members: Table::new("organizations.member"),
            policies: Table::new("organizations.policy"),
            attachments: Table::new("organizations.attachment"),
            handshakes: Table::new("organizations.handshake"),
            requests: Table::new("organizations.request"),
        }
    }
}

impl Organizations {
    /// Its tables.
    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 7] {
        [
            &mut self.organization,
            &mut self.units,
            &mut self.members,
            &mut self.policies,
            &mut self.attachments,
            &mut self.handshakes,
            &mut self.requests,
        ]
    }

    /// The organization that an account is in.
    pub fn of(&self, account: AccountId) -> Option<&Organization> {
        self.members.get(&account.to_string())?;
        self.organization.get(ORGANIZATION)
    }

    /// What an account is in, from the root down to the account itself: the levels at which
    /// policies are attached.
    pub fn levels(&self, account: AccountId) -> Vec<String> {
        let Some(member) = self.members.get(&account.to_string()) else { return Vec::new() };
        let mut levels = self.lineage(&member.parent);
        levels.push(account.to_string());
        levels
    }

    /// A unit and what it is in, from the root down.
    pub fn lineage(&self, unit: &str) -> Vec<String> {
        let mut lineage = Vec::new();
        let mut next = self.units.get(unit);
        while let Some(unit) = next {
            lineage.push(unit.id.clone());
            next = unit.parent.as_deref().and_then(|id| self.units.get(id));
        }
        lineage.reverse();
        lineage
    }

    /// The policies of a kind that are attached to a target.
    pub fn attached(
        &self,
        target: &str,
        kind: OrganizationPolicyKind,
    ) -> impl Iterator<Item = &OrganizationPolicy> {
        let prefix = format!("{target}/");
        let keys = self.attachments.under(&prefix);
        let ids = keys.filter_map(|(key, ())| key.rsplit('/').next());
        ids.filter_map(|id| self.policies.get(id)).filter(move |policy| policy.kind == kind)
    }
}

impl Organization {
    /// Whether policies of this kind are enabled in the root.
    pub fn enables(&self, kind: OrganizationPolicyKind) -> bool {
        match kind {
            OrganizationPolicyKind::Scp => self.scps,
            OrganizationPolicyKind::Rcp => self.rcps,
        }
    }

    /// Enables or disables policies of this kind.
    pub fn enable(&mut self, kind: OrganizationPolicyKind, on: bool) {
        match kind {
            OrganizationPolicyKind::Scp => self.scps = on,
            OrganizationPolicyKind::Rcp => self.rcps = on,
        }
    }
}

impl Handshake {
    /// Whether it can still be accepted.
    pub fn is_open(&self, now_ms: i64) -> bool {
        !self.accepted && now_ms < self.expires_ms
    }
}

impl OrganizationPolicy {
    /// `arn:aws:organizations::222222222222:policy/o-…/service_control_policy/p-…`.
    pub fn arn(&self, organization: &str, management: AccountId) -> String {
        let (kind, id) = (self.kind.segment(), &self.id);
        if self.aws_managed {
            return format!("arn:aws:organizations::aws:policy/{kind}/{id}");
        }
        format!("arn:aws:organizations::{management}:policy/{organization}/{kind}/{id}")
    }
}

impl OrganizationPolicyKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Scp, Self::Rcp];

    /// As it stands in requests and condition keys.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scp => "SERVICE_CONTROL_POLICY",
            Self::Rcp => "RESOURCE_CONTROL_POLICY",
        }
    }

    /// As it stands in ARNs.
    pub fn segment(self) -> &'static str {
        match self {
            Self::Scp => "service_control_policy",
            Self::Rcp => "resource_control_policy",
        }
    }

    /// The grammar that it follows.
    pub fn policy_kind(self) -> sekisho_iam::PolicyKind {
        match self {
            Self::Scp => sekisho_iam::PolicyKind::Scp,
            Self::Rcp => sekisho_iam::PolicyKind::Rcp,
        }
    }
}
