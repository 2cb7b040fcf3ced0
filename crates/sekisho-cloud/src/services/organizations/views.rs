//! The organization and what is in it as replies show it.

use sekisho_wire::Millis;
use serde::Serialize;

use super::state::{
    AccountRequest, Handshake, Member, Organization, OrganizationPolicy, OrganizationPolicyKind,
    Organizations, Unit,
};

/// The organization.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OrganizationView {
    id: String,
    arn: String,
    feature_set: &'static str,
    master_account_arn: String,
    master_account_id: String,
    master_account_email: String,
    available_policy_types: Vec<PolicyTypeView>,
}

/// A type of policies that is enabled.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PolicyTypeView {
    r#type: &'static str,
    status: &'static str,
}

/// The root.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RootView {
    id: String,
    arn: String,
    name: &'static str,
    policy_types: Vec<PolicyTypeView>,
}

/// An organizational unit.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UnitView {
    id: String,
    arn: String,
    name: String,
    path: String,
}

/// An account.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AccountView {
    id: String,
    arn: String,
    email: String,
    name: String,
    status: &'static str,
    state: &'static str,
    paths: Vec<String>,
    joined_method: &'static str,
    joined_timestamp: Millis,
}

/// A policy without its text.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PolicySummary {
    id: String,
    arn: String,
    name: String,
    description: String,
    r#type: &'static str,
    aws_managed: bool,
}

/// A policy.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PolicyView {
    policy_summary: PolicySummary,
    content: String,
}

/// A request for a new account.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RequestView {
    id: String,
    account_name: String,
    state: &'static str,
    requested_timestamp: Millis,
    completed_timestamp: Option<Millis>,
    account_id: Option<String>,
    failure_reason: Option<String>,
}

/// An invitation.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct HandshakeView {
    id: String,
    arn: String,
    parties: [Party; 2],
    state: &'static str,
    requested_timestamp: Millis,
    expiration_timestamp: Millis,
    action: &'static str,
}

/// Who invites, or is invited.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Party {
    id: String,
    r#type: &'static str,
}

/// What a thing is in, or what is in it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Place {
    pub(super) id: String,
    pub(super) r#type: &'static str,
}

/// What a policy is attached to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct TargetView {
    target_id: String,
    arn: String,
    name: String,
    r#type: &'static str,
}

fn enabled(kind: OrganizationPolicyKind) -> PolicyTypeView {
    PolicyTypeView { r#type: kind.name(), status: "ENABLED" }
}

impl OrganizationView {
    /// The organization. `AvailablePolicyTypes` tells of SCPs alone; `ListRoots` knows the rest.
    pub(super) fn of(organization: &Organization, state: &Organizations) -> Self {
        let Organization { id, management, all_features, .. } = organization;
        let number = management.to_string();
        let email = state.members.get(&number).map(|member| member.email.clone());
        let scps = all_features.then(|| enabled(OrganizationPolicyKind::Scp));
        Self {
            id: id.clone(),
            arn: format!("arn:aws:organizations::{management}:organization/{id}"),
            feature_set: if *all_features { "ALL" } else { "CONSOLIDATED_BILLING" },
            master_account_arn: state.arn(organization, &number),
            master_account_id: number,
            master_account_email: email.unwrap_or_default(),
            available_policy_types: scps.into_iter().collect(),
        }
    }
}

impl RootView {
    /// The root.
    pub(super) fn of(organization: &Organization, state: &Organizations) -> Self {
        let kinds = OrganizationPolicyKind::ALL.into_iter();
        Self {
            id: organization.root.clone(),
            arn: state.arn(organization, &organization.root),
            name: "Root",
            policy_types: kinds.filter(|kind| organization.enables(*kind)).map(enabled).collect(),
        }
    }
}

impl UnitView {
    /// Its id.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// A unit.
    pub(super) fn of(unit: &Unit, organization: &Organization, state: &Organizations) -> Self {
        Self {
            id: unit.id.clone(),
            arn: state.arn(organization, &unit.id),
            name: unit.name.clone(),
            path: state.path(organization, &unit.id),
        }
    }
}

impl AccountView {
    /// An account.
    pub(super) fn of(member: &Member, organization: &Organization, state: &Organizations) -> Self {
        let id = member.id.to_string();
        Self {
            arn: state.arn(organization, &id),
            email: member.email.clone(),
            name: member.name.clone(),
            status: "ACTIVE",
            state: "ACTIVE",
            paths: vec![format!("{}{id}/", state.path(organization, &member.parent))],
            joined_method: if member.created { "CREATED" } else { "INVITED" },
            joined_timestamp: Millis(member.joined_ms),
            id,
        }
    }
}

impl PolicySummary {
    /// A policy without its text.
    pub(super) fn of(policy: &OrganizationPolicy, organization: &Organization) -> Self {
        Self {
            id: policy.id.clone(),
            arn: policy.arn(&organization.id, organization.management),
            name: policy.name.clone(),
            description: policy.description.clone(),
            r#type: policy.kind.name(),
            aws_managed: policy.aws_managed,
        }
    }
}

impl PolicyView {
    /// A policy.
    pub(super) fn of(policy: &OrganizationPolicy, organization: &Organization) -> Self {
        let policy_summary = PolicySummary::of(policy, organization);
        Self { policy_summary, content: policy.text.clone() }
    }
}

impl RequestView {
    /// A request as it is answered at once: nothing has been done for it yet.
    pub(super) fn in_progress(request: &AccountRequest) -> Self {
        Self {
            id: request.id.clone(),
            account_name: request.name.clone(),
            state: "IN_PROGRESS",
            requested_timestamp: Millis(request.requested_ms),
            completed_timestamp: None,
            account_id: None,
            failure_reason: None,
        }
    }

    /// A request and what came of it.
    pub(super) fn of(request: &AccountRequest) -> Self {
        Self {
            state: request.state(),
            completed_timestamp: Some(Millis(request.requested_ms)),
            account_id: request.account.clone(),
            failure_reason: request.failure.clone(),
            ..Self::in_progress(request)
        }
    }
}

impl AccountRequest {
    /// What came of it.
    pub(super) fn state(&self) -> &'static str {
        if self.account.is_some() { "SUCCEEDED" } else { "FAILED" }
    }
}

impl HandshakeView {
    /// Its id.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// An invitation.
    pub(super) fn of(handshake: &Handshake, organization: &Organization) -> Self {
        let Organization { id: o, management, .. } = organization;
        let id = handshake.id.clone();
        Self {
            arn: format!("arn:aws:organizations::{management}:handshake/{o}/invite/{id}"),
            id,
            parties: [
                Party { id: o.clone(), r#type: "ORGANIZATION" },
                Party { id: handshake.account.to_string(), r#type: "ACCOUNT" },
            ],
            state: if handshake.accepted { "ACCEPTED" } else { "OPEN" },
            requested_timestamp: Millis(handshake.requested_ms),
            expiration_timestamp: Millis(handshake.expires_ms),
            action: "INVITE",
        }
    }
}

impl TargetView {
    /// What has this id.
    pub(super) fn of(id: &str, organization: &Organization, state: &Organizations) -> Self {
        let unit = state.units.get(id);
        let member = state.members.get(id).map(|member| member.name.clone());
        Self {
            target_id: id.to_owned(),
            arn: state.arn(organization, id),
            name: unit.map(|unit| unit.name.clone()).or(member).unwrap_or_default(),
            r#type: unit.map_or("ACCOUNT", kind_of),
        }
    }
}

/// What kind of place a unit is.
pub(super) fn kind_of(unit: &Unit) -> &'static str {
    if unit.parent.is_some() { "ORGANIZATIONAL_UNIT" } else { "ROOT" }
}
