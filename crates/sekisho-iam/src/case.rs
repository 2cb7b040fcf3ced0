//! A request before the layers that bind its caller.
//!
//! Which layers bind whom is `docs/decision.md`, section 1. Both [`crate::decide`] and
//! [`crate::explain`] start from here, so that they cannot disagree about it.

use crate::beyond;
use crate::caller::Caller;
use crate::compile::{Ask, Grade, Grades, Layer, Layers};
use crate::decision::LayerKind;
use crate::rcp;
use crate::request::Request;

/// A request and the layers it is put before.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) request: &'a Request,
    pub(crate) layers: &'a Layers<'a>,
    pub(crate) ask: Ask<'a>,
}

/// Services with gateway endpoints. Source: Amazon VPC User Guide, "Gateway endpoints".
const GATEWAY_SERVICES: [&str; 2] = ["s3", "dynamodb"];

/// What the root user of a bucket's account may do whatever the bucket policy denies. Source: Amazon
/// S3 API Reference, "DeleteBucketPolicy".
const BUCKET_POLICY_ACTIONS: [&str; 3] =
    ["s3:deletebucketpolicy", "s3:getbucketpolicy", "s3:putbucketpolicy"];

impl<'a> Case<'a> {
    /// The grades of a resource policy that only delegates.
    pub(crate) const DELEGATED: Grades = Grades::only(Grade::Account);

    pub(crate) fn new(request: &'a Request, layers: &'a Layers<'a>) -> Self {
        let mut case =
            Self { request, layers, ask: Ask { request, has_boundary: false, at_gateway: false } };
        case.ask.has_boundary = case.boundary().is_some();
        case
    }

    pub(crate) fn caller(&self) -> &'a Caller {
        self.request.caller()
    }

    /// The permissions boundary, where it binds.
    pub(crate) fn boundary(&self) -> Option<&'a Layer> {
        self.layers.boundary.filter(|_| match self.caller() {
            Caller::User(_) => true,
            Caller::FederatedUser(user) => !user.is_of_root(),
            Caller::Role(role) => !role.is_service_linked(),
            _ => false,
        })
    }

    /// The session policies, where there are any.
    pub(crate) fn session(&self) -> Option<&'a Layer> {
        self.layers.session.filter(|_| self.caller().account().is_some())
    }

    /// The identity policies, where the caller can have some.
    pub(crate) fn identity(&self) -> Option<&'a Layer> {
        let attached = match self.caller() {
            Caller::User(_) | Caller::Role(_) => true,
            Caller::FederatedUser(user) => !user.is_of_root(),
            _ => false,
        };
        attached.then_some(self.layers.identity)
    }

    /// The levels of service control policies, where they bind.
    pub(crate) fn scps(&self) -> &'a [Layer] {
        let account = self.caller().account();
        let exempt = self.layers.scps.is_empty()
            || account.is_none()
            || account == self.layers.management_account
            || self.is_service_linked();
        if exempt { &[] } else { self.layers.scps }
    }

    /// The levels of resource control policies, where they bind.
    pub(crate) fn rcps(&self) -> &'a [Layer] {
        let managed = self.layers.management_account;
        let exempt = self.layers.rcps.is_empty()
            || self.is_service_linked()
            || (managed.is_some() && self.request.owner() == managed)
            || !rcp::applies_to(self.request);
        if exempt { &[] } else { self.layers.rcps }
    }

    /// The policy of the VPC endpoint and how it is asked.
    pub(crate) fn endpoint(&self) -> Option<(&'a Layer, Ask<'a>)> {
        self.layers.endpoint.map(|layer| {
            let at_gateway = GATEWAY_SERVICES.contains(&self.request.service());
            (layer, Ask { at_gateway, ..self.ask })
        })
    }

    /// The resource policy, where its Deny statements bind. One that cannot be read binds everybody.
    /// Who may retire a grant is a matter of the grant alone.
    pub(crate) fn denying_resource(&self) -> Option<&'a Layer> {
        if self.request.retires_grant() {
            return None;
        }
        let spared = matches!(self.caller(), Caller::Root(_))
            && !self.request.crosses_accounts()
            && BUCKET_POLICY_ACTIONS.contains(&self.request.action_lower());
        self.layers.resource.filter(|layer| !spared || !layer.unreadable().is_empty())
    }

    /// Whether `RestrictPublicBuckets` shuts this caller out.
    pub(crate) fn is_shut_out(&self) -> bool {
        self.layers.restrict_public_buckets
            && self.layers.resource_is_public
            && self.request.crosses_accounts()
            && !matches!(self.caller(), Caller::Service(_))
    }

    /// Whether no change of policies can allow the request: only a grant says who may retire it.
    pub(crate) fn is_beyond_policies(&self) -> bool {
        let ungranted = self.request.retires_grant() && self.grant_grades().is_empty();
        ungranted || beyond::refused_by(self.request).is_some()
    }

    /// Whether the caller's own account needs to allow although the trust policy does: a role sets
    /// a source identity when it assumes the next role.
    pub(crate) fn needs_both_sides(&self) -> bool {
        self.request.action_lower() == "sts:setsourceidentity"
            && matches!(self.caller(), Caller::Role(_))
    }

    /// Whether the identity policies allow. A root user needs none, nor does a session it federated.
    pub(crate) fn identity_allows(&self) -> bool {
        let standing = match self.caller() {
            Caller::Root(_) => true,
            Caller::FederatedUser(user) => user.is_of_root(),
            _ => false,
        };
        standing || self.identity().is_some_and(|layer| layer.allows(self.ask))
    }

    /// Whether boundary and session policies leave the request alone; else the one that does not.
    pub(crate) fn limit(&self) -> Option<LayerKind> {
        if self.boundary().is_some_and(|layer| !layer.allows(self.ask)) {
            return Some(LayerKind::Boundary);
        }
        let session = self.session().map(|layer| layer.allows(self.ask));
        let allowed = session.unwrap_or(!self.needs_session_policy());
        (!allowed).then_some(LayerKind::Session)
    }

    /// A federated user without session policy has no permissions.
    pub(crate) fn needs_session_policy(&self) -> bool {
        matches!(self.caller(), Caller::FederatedUser(_))
    }

    /// In which grades the resource policy allows.
    pub(crate) fn grades(&self) -> Grades {
        let policy = self.layers.resource.filter(|_| !self.request.retires_grant());
        policy.map_or(Grades::NONE, |layer| layer.grades(self.ask))
    }

    /// In which grades KMS grants allow.
    pub(crate) fn grant_grades(&self) -> Grades {
        let grades = self.layers.grants.iter().map(|grant| grant.grades(self.ask));
        grades.fold(Grades::NONE, Grades::and)
    }

    /// Whether a grant applies that was issued in the caller's account.
    pub(crate) fn has_grant_of_own_account(&self) -> bool {
        let account = self.caller().account();
        let mut ours = self.layers.grants.iter().filter(|grant| grant.is_issued_by(account));
        ours.any(|grant| !grant.grades(self.ask).is_empty())
    }

    /// Whether these grades need nothing else within an account.
    pub(crate) fn is_direct(&self, grades: Grades) -> bool {
        let own = grades.has(&[Grade::User, Grade::Session, Grade::FederatedUser]);
        own || (grades.has(&[Grade::Everyone])
            && !matches!(self.caller(), Caller::FederatedUser(_)))
    }

    /// Whether these grades add to identity policies but are limited by boundary and session.
    pub(crate) fn is_limited(&self, grades: Grades) -> bool {
        grades.has(&[Grade::Role, Grade::Issuer, Grade::Provider, Grade::Everyone])
    }

    /// Whether these grades let the account's identity policies decide.
    pub(crate) fn is_delegated(grades: Grades) -> bool {
        grades.has(&[Grade::Account])
    }

    fn is_service_linked(&self) -> bool {
        matches!(self.caller(), Caller::Role(role) if role.is_service_linked())
    }
}
