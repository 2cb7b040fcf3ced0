//! The policy simulator: the engine's own decision on a request that nobody makes.
//!
//! Source: IAM API Reference, "SimulatePrincipalPolicy", "SimulateCustomPolicy"; IAM User Guide, "IAM
//! policy testing with the IAM policy simulator".

mod caller;
pub(super) mod keys;
mod scenario;
mod shapes;
mod source;
pub(super) mod subject;
mod view;

use std::sync::Arc;

use sekisho_iam::explanation::{Said, StatementRef};
use sekisho_iam::{
    AccountId, Arn, Caller, Context, Explanation, Layer, LayerKind, Layers, Outcome, Request,
    Resource, explain,
};

pub(super) use scenario::{ContextEntry, Scenario, invalid};
pub(super) use shapes::Output;
pub(super) use shapes::simulates;
pub(super) use source::{Source, sent};
pub(super) use view::{ResultView, results};

use crate::fault::Fault;
use crate::gate::standing::Membership;

/// Policies that are united, as texts and compiled.
#[derive(Debug)]
pub(super) struct Side {
    sources: Vec<Source>,
    layer: Layer,
}

/// Everything that bears on the simulated requests but action and resource.
#[derive(Debug)]
pub(super) struct Simulation {
    caller: Caller,
    account: AccountId,
    identity: Side,
    boundary: Option<Side>,
    resource: Option<Side>,
    membership: Option<Arc<Membership>>,
    owner: Option<AccountId>,
    context: Context,
}

/// The answer to one simulated request.
#[derive(Debug)]
pub(super) struct Verdict<'a> {
    outcome: Outcome,
    /// The statements that decided, each with its policy.
    matched: Vec<(&'a Source, usize)>,
    /// The condition keys that the policies name and the request does not carry.
    missing: Vec<String>,
    by_organizations: Option<bool>,
    by_boundary: Option<bool>,
}

impl Side {
    fn new(sources: Vec<Source>) -> Self {
        let policies: Vec<_> = sources.iter().map(Source::policy).collect();
        Self { sources, layer: Layer::compile(&policies) }
    }
}

impl Simulation {
    /// Decides one request.
    ///
    /// # Errors
    /// When action, resource and context make no request.
    pub(super) fn decide(&self, action: &str, resource: &str) -> Result<Verdict<'_>, Fault> {
        let request = self.request(action, resource)?;
        let explanation = explain(&request, &self.layers());
        let said = |kind| explanation.layers.iter().filter(move |one| one.layer == kind);
        let in_organization = self.membership.as_ref().filter(|one| one.organization.is_some());
        let by_organizations =
            in_organization.map(|_| said(LayerKind::Scp).all(|one| lets_through(one.said)));
        let boundary = self.boundary.as_ref();
        let by_boundary =
            boundary.map(|_| said(LayerKind::Boundary).all(|one| lets_through(one.said)));
        Ok(Verdict {
            outcome: explanation.decision.outcome,
            matched: self.matched(&explanation),
            missing: self.missing(&request),
            by_organizations,
            by_boundary,
        })
    }

    fn request(&self, action: &str, resource: &str) -> Result<Request, Fault> {
        let mut about = Resource::new(resource);
        let named = Arn::parse(resource).and_then(|arn| arn.account_id());
        if resource != "*" && named.is_none() {
            about.account = self.owner.or(Some(self.account));
        }
        let request = Request::new(self.caller.clone(), action, about, self.context.clone());
        request.map_err(|error| invalid(error.to_string()))
    }

    fn layers(&self) -> Layers<'_> {
        let membership = self.membership.as_deref();
        Layers {
            identity: &self.identity.layer,
            boundary: self.boundary.as_ref().map(|side| &side.layer),
            session: None,
            scps: membership.map_or(&[], |one| &one.scps.layers),
            rcps: &[],
            endpoint: None,
            resource: self.resource.as_ref().map(|side| &side.layer),
            grants: &[],
            restrict_public_buckets: false,
            resource_is_public: false,
            management_account: membership.and_then(|one| one.management),
        }
    }

    fn side(&self, layer: LayerKind) -> Option<&Side> {
        match layer {
            LayerKind::Identity => Some(&self.identity),
            LayerKind::Boundary => self.boundary.as_ref(),
            LayerKind::Resource => self.resource.as_ref(),
            _ => None,
        }
    }

    /// An explicit denial is told by its Deny statements alone, an allowed request by all Allow
    /// statements that match, any other by none.
    fn matched(&self, explanation: &Explanation) -> Vec<(&Source, usize)> {
        let telling = match explanation.decision.outcome {
            Outcome::Allowed => Said::Allows,
            Outcome::ExplicitlyDenied => Said::Denies,
            Outcome::ImplicitlyDenied => return Vec::new(),
        };
        let mut matched = Vec::new();
        for report in explanation.layers.iter().filter(|report| report.said == telling) {
            let Some(side) = self.side(report.layer) else { continue };
            let statements = report.decided_by.iter();
            let known = |at: &StatementRef| Some((side.sources.get(at.policy)?, at.statement?));
            matched.extend(statements.filter_map(known));
        }
        matched
    }

    fn missing(&self, request: &Request) -> Vec<String> {
        let sides = [Some(&self.identity), self.boundary.as_ref(), self.resource.as_ref()];
        let sources = sides.into_iter().flatten().flat_map(|side| &side.sources);
        let named = keys::of(sources.filter_map(Source::document));
        named.into_iter().filter(|key| request.context().get(key).is_none()).collect()
    }
}

/// Whether a layer that limits does not stand in the way.
fn lets_through(said: Said) -> bool {
    !matches!(said, Said::Denies | Said::Nothing | Said::Absent)
}
