//! The questions of a call, decided one after the other; the first refusal ends it.

use sekisho_iam::explanation::{Said, StatementRef};
use sekisho_iam::{LayerKind, Layers, Outcome, Request, denial};
use sekisho_wire::model::{self, Protocol};

use super::entry::Asked;
use super::standing::{Membership, Side, Standing};
use super::{Frame, context};
use crate::ask::Ask;
use crate::cloud::Cloud;
use crate::fault::Fault;

/// What bears on one question, held together while it is decided.
struct Bearing<'a> {
    standing: &'a Standing,
    session: Option<&'a Side>,
    own: &'a Membership,
    owner: &'a Membership,
    ask: &'a Ask<'a>,
}

impl Cloud {
    /// Decides the questions of a call. What was decided is there also for a refused call.
    pub(super) fn decide(
        &self,
        service: &str,
        frame: &Frame,
        now_ms: i64,
        asks: &[Ask<'_>],
    ) -> (Vec<Asked>, Result<(), Fault>) {
        let mut asked = Vec::with_capacity(asks.len());
        for ask in asks {
            match self.decide_one(frame, now_ms, ask) {
                (one, None) => asked.push(one),
                (one, Some(message)) => {
                    asked.push(one);
                    return (asked, Err(denied(service, ask, message)));
                }
            }
        }
        (asked, Ok(()))
    }

    /// Whether a question would be answered with yes.
    pub(crate) fn may(&self, frame: &Frame, now_ms: i64, ask: &Ask<'_>) -> bool {
        self.decide_one(frame, now_ms, ask).1.is_none()
    }

    /// Whether a question would be answered with an explicit no.
    pub(crate) fn forbids(&self, frame: &Frame, now_ms: i64, ask: &Ask<'_>) -> bool {
        self.decide_one(frame, now_ms, ask).0.outcome == Outcome::ExplicitlyDenied
    }

    /// Decides one question; with the message of the denial, if it is one.
    fn decide_one(&self, frame: &Frame, now_ms: i64, ask: &Ask<'_>) -> (Asked, Option<String>) {
        let caller = frame.principal.account();
        let owner = context::owner(&ask.resource.arn, ask.resource.account, caller);
        let standing = self.standing(&frame.principal);
        let session = self.session_side(&frame.principal);
        let (own, owner_side) = (self.membership(caller), self.membership(owner));
        let mut asked = Asked::new(ask, owner);
        let mut context = context::of_call(frame, now_ms, &standing, &own);
        context::of_resource(&mut context, &owner_side);
        ask.context.entries().iter().for_each(|one| context.put(&one.key, one.value.clone()));
        let (principal, resource) = (frame.principal.caller.clone(), ask.resource.clone());
        let request = match Request::new(principal, &ask.action, resource, context) {
            Ok(request) => request,
            Err(error) => return (asked, Some(error.to_string())),
        };
        let bearing = Bearing {
            standing: &standing,
            session: session.as_deref(),
            own: &own,
            owner: &owner_side,
            ask,
        };
        let decision = sekisho_iam::decide(&request, &bearing.layers());
        asked.decided(decision);
        let policy = || bearing.denying_policy(&request);
        let message = (!decision.is_allowed()).then(|| {
            if bearing.is_stranger_to_s3(&request) {
                return "Access Denied".to_owned();
            }
            let arn = (decision.outcome == Outcome::ExplicitlyDenied).then(policy).flatten();
            let message = denial::message(&request, decision, arn.as_deref()).unwrap_or_default();
            ask.worded(decision, message)
        });
        (asked, message)
    }
}

impl<'a> Bearing<'a> {
    fn layers(&self) -> Layers<'_> {
        Layers {
            identity: &self.standing.identity.layer,
            boundary: self.standing.boundary.as_ref().map(|side| &side.layer),
            session: self.session.map(|side| &side.layer),
            scps: &self.own.scps.layers,
            rcps: if self.ask.beyond_rcps { &[] } else { &self.owner.rcps.layers },
            endpoint: None,
            resource: self.ask.policy.as_deref(),
            grants: &self.ask.grants,
            restrict_public_buckets: self.ask.restrict_public_buckets,
            resource_is_public: self.ask.resource_is_public,
            management_account: self.own.management.or(self.owner.management),
        }
    }

    /// Whether somebody asks S3 who belongs neither to the account nor to the organization of the
    /// bucket's owner: such callers are told no reason. Source: S3 User Guide, "Troubleshoot access
    /// denied (403 Forbidden) errors".
    fn is_stranger_to_s3(&self, request: &Request) -> bool {
        let organization = self.own.organization.as_ref();
        let together = organization.is_some() && organization == self.owner.organization.as_ref();
        request.service() == "s3" && request.crosses_accounts() && !together
    }

    /// The ARN of the policy whose Deny decided; AWS names it, except inline and resource policies.
    fn denying_policy(&self, request: &Request) -> Option<String> {
        let explanation = sekisho_iam::explain(request, &self.layers());
        let mut denying = explanation.layers.iter().filter(|report| report.said == Said::Denies);
        let report = denying.find(|one| Some(one.layer) == explanation.decision.denied_by())?;
        let at = report.decided_by.first()?;
        let name = self.name(report.layer, report.level, *at)?;
        name.starts_with("arn:").then(|| name.to_owned())
    }

    fn name(&self, layer: LayerKind, level: Option<usize>, at: StatementRef) -> Option<&'a String> {
        let names = match layer {
            LayerKind::Identity => &self.standing.identity.names,
            LayerKind::Boundary => &self.standing.boundary.as_ref()?.names,
            LayerKind::Session => &self.session?.names,
            LayerKind::Scp => self.own.scps.names.get(level?)?,
            LayerKind::Rcp => self.owner.rcps.names.get(level?)?,
            _ => return None,
        };
        names.get(at.policy)
    }
}

/// The fault of a denial: services that speak JSON have another code than the others.
fn denied(service: &str, ask: &Ask<'_>, message: String) -> Fault {
    let protocol = model::service(service).and_then(|service| service.protocols.last());
    let (code, status) = match protocol {
        Some(Protocol::Query | Protocol::RestXml) | None => ("AccessDenied", 403),
        Some(Protocol::RestJson) => ("AccessDeniedException", 403),
        Some(Protocol::Json | Protocol::Cbor) => ("AccessDeniedException", 400),
    };
    let headers = ask.denied_with.iter().cloned().collect();
    Fault { denial: true, headers, ..Fault::new(code, message).with_status(status) }
}
