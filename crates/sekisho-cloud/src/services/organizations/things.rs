//! What there is in the organization: root, units, accounts, policies, by their ids.

use std::collections::BTreeMap;

use sekisho_iam::AccountId;

use super::fault;
use super::state::{
    Member, ORGANIZATION, Organization, OrganizationPolicy, OrganizationPolicyKind as Kind,
    Organizations, Unit,
};
use crate::fault::Fault;

/// The policies that allow everything, of each type. Source: Organizations User Guide, "SCP
/// evaluation" and "RCP evaluation".
pub(super) fn allowing_all(kind: Kind) -> OrganizationPolicy {
    let (id, name, description, text) = match kind {
        Kind::Scp => (
            FULL_SCP,
            "FullAWSAccess",
            "Allows access to every operation",
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#,
        ),
        Kind::Rcp => (
            FULL_RCP,
            "RCPFullAWSAccess",
            "Allows access to every resource",
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#,
        ),
    };
    OrganizationPolicy {
        id: id.to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
        kind,
        text: text.to_owned(),
        aws_managed: true,
        tags: BTreeMap::new(),
    }
}

const FULL_SCP: &str = "p-FullAWSAccess";
/// The policy that cannot be detached.
pub(super) const FULL_RCP: &str = "p-RCPFullAWSAccess";

impl Organizations {
    /// A root or unit that something can be in.
    pub(super) fn parent(&self, id: &str) -> Result<&Unit, Fault> {
        self.units.get(id).ok_or_else(fault::no_parent)
    }

    /// An organizational unit; the root is none.
    pub(super) fn unit(&self, id: &str) -> Result<&Unit, Fault> {
        self.units.get(id).filter(|unit| unit.parent.is_some()).ok_or_else(fault::no_unit)
    }

    /// An account.
    pub(super) fn member(&self, id: &str) -> Result<&Member, Fault> {
        self.members.get(id).ok_or_else(fault::no_account)
    }

    /// A policy.
    pub(super) fn policy(&self, id: &str) -> Result<&OrganizationPolicy, Fault> {
        self.policies.get(id).ok_or_else(fault::no_policy)
    }

    /// The policy of this kind and name.
    pub(super) fn policy_named(&self, kind: Kind, name: &str) -> Option<&OrganizationPolicy> {
        let mut all = self.policies.iter().map(|(_, policy)| policy);
        all.find(|policy| policy.kind == kind && policy.name == name)
    }

    /// The policies of this kind that are not AWS's.
    pub(super) fn own_policies(&self, kind: Kind) -> impl Iterator<Item = &OrganizationPolicy> {
        let all = self.policies.iter().map(|(_, policy)| policy);
        all.filter(move |policy| policy.kind == kind && !policy.aws_managed)
    }

    /// Whether an account is invited.
    pub(super) fn invites(&self, account: AccountId, now_ms: i64) -> bool {
        let mut all = self.handshakes.iter().map(|(_, handshake)| handshake);
        all.any(|handshake| handshake.account == account && handshake.is_open(now_ms))
    }

    /// The units in a unit.
    pub(super) fn units_in<'a>(&'a self, parent: &'a str) -> impl Iterator<Item = &'a Unit> {
        let all = self.units.iter().map(|(_, unit)| unit);
        all.filter(move |unit| unit.parent.as_deref() == Some(parent))
    }

    /// The accounts in a unit.
    pub(super) fn members_in<'a>(&'a self, parent: &'a str) -> impl Iterator<Item = &'a Member> {
        let all = self.members.iter().map(|(_, member)| member);
        all.filter(move |member| member.parent == parent)
    }

    /// Whether policies can be attached to it.
    pub(super) fn check_target(&self, id: &str) -> Result<(), Fault> {
        let there = self.units.has(id) || self.members.has(id);
        if there { Ok(()) } else { Err(fault::no_target()) }
    }

    /// The tags of whatever has this id.
    pub(super) fn tags(&self, id: &str) -> Option<&BTreeMap<String, String>> {
        let unit = self.units.get(id).map(|unit| &unit.tags);
        let member = || self.members.get(id).map(|member| &member.tags);
        unit.or_else(member).or_else(|| self.policies.get(id).map(|policy| &policy.tags))
    }

    /// The tags of whatever has this id, to be changed.
    pub(super) fn edit_tags(&mut self, id: &str) -> Option<&mut BTreeMap<String, String>> {
        if self.units.has(id) {
            return self.units.edit(id).map(|unit| &mut unit.tags);
        }
        if self.members.has(id) {
            return self.members.edit(id).map(|member| &mut member.tags);
        }
        let policy = self.policies.edit(id).filter(|policy| !policy.aws_managed);
        policy.map(|policy| &mut policy.tags)
    }

    /// `o-…/r-…/ou-…/`: where a unit is.
    pub(super) fn path(&self, organization: &Organization, unit: &str) -> String {
        self.lineage(unit).iter().fold(format!("{}/", organization.id), |path, id| path + id + "/")
    }

    /// The ARN of whatever has this id, whether or not it is there.
    pub(super) fn arn(&self, organization: &Organization, id: &str) -> String {
        let Organization { id: o, management, .. } = organization;
        let kind = match id.split_once('-') {
            Some(("r", _)) => "root",
            Some(("ou", _)) => "ou",
            Some(("p", _)) => {
                let known = self.policies.get(id).map(|policy| policy.arn(o, *management));
                let missing = || {
                    format!(
                        "arn:aws:organizations::{management}:policy/{o}/service_control_policy/{id}"
                    )
                };
                return known.unwrap_or_else(missing);
            }
            _ => "account",
        };
        format!("arn:aws:organizations::{management}:{kind}/{o}/{id}")
    }

    /// Attaches the policies that allow everything, of the types that are enabled, to something new.
    pub(super) fn open_up(&mut self, target: &str) {
        let Some(organization) = self.organization.get(ORGANIZATION) else { return };
        let enabled = Kind::ALL.map(|kind| organization.enables(kind));
        for (kind, _) in Kind::ALL.into_iter().zip(enabled).filter(|(_, on)| *on) {
            self.attachments.put(format!("{target}/{}", allowing_all(kind).id), ());
        }
    }

    /// Detaches everything of something that goes.
    pub(super) fn close_off(&mut self, target: &str) {
        let keys: Vec<_> =
            self.attachments.under(&format!("{target}/")).map(|(key, ())| key.to_owned()).collect();
        keys.iter().for_each(|key| {
            self.attachments.remove(key);
        });
    }

    /// Everything that policies can be attached to.
    pub(super) fn all_targets(&self) -> Vec<String> {
        let units = self.units.iter().map(|(id, _)| id.to_owned());
        units.chain(self.members.iter().map(|(id, _)| id.to_owned())).collect()
    }

    /// What a policy is attached to.
    pub(super) fn targets<'a>(&'a self, policy: &'a str) -> impl Iterator<Item = &'a str> {
        let pairs = self.attachments.iter().filter_map(|(key, ())| key.split_once('/'));
        pairs.filter(move |(_, id)| *id == policy).map(|(target, _)| target)
    }
}
