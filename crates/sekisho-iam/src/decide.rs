//! The decision, without reasons: the hot path. The rules and their order are `docs/decision.md`,
//! sections 3 to 6.

use crate::beyond;
use crate::case::Case;
use crate::compile::{Grades, Layer, Layers};
use crate::decision::{Decision, LayerKind, LayerSet};
use crate::request::{Family, Request};

/// Decides a request. Allocates nothing.
pub fn decide(request: &Request, layers: &Layers<'_>) -> Decision {
    let case = Case::new(request, layers);
    if beyond::is_free(request) {
        return at_the_endpoint(&case).unwrap_or(Decision::allowed(LayerSet::EMPTY));
    }
    if let Some(layer) = explicit_denier(&case) {
        return Decision::explicit(layer);
    }
    if let Some(layer) = first_gate_shut(&case) {
        return Decision::implicit(layer);
    }
    behind_the_gates(&case)
}

/// What the policy of the VPC endpoint says against a request that asks no other.
fn at_the_endpoint(case: &Case<'_>) -> Option<Decision> {
    let (layer, ask) = case.endpoint()?;
    match (layer.denies(ask), layer.allows(ask)) {
        (true, _) => Some(Decision::explicit(LayerKind::Endpoint)),
        (false, false) => Some(Decision::implicit(LayerKind::Endpoint)),
        (false, true) => None,
    }
}

/// The decision if nothing denies and SCPs and endpoint policy allow.
pub(crate) fn behind_the_gates(case: &Case<'_>) -> Decision {
    if let Some(layer) = beyond::refused_by(case.request) {
        return Decision::implicit(layer);
    }
    match (case.caller().account().is_some(), case.request.crosses_accounts()) {
        (false, _) => without_account(case),
        (true, true) => across_accounts(case),
        (true, false) if case.request.family() == Family::Ordinary => ordinary(case),
        (true, false) => with_own_policy(case),
    }
}

/// The layer that AWS's message names among those that deny.
pub(crate) fn explicit_denier(case: &Case<'_>) -> Option<LayerKind> {
    let denies = |layer: Option<&Layer>| layer.is_some_and(|layer| layer.denies(case.ask));
    if case.scps().iter().any(|level| level.denies(case.ask)) {
        return Some(LayerKind::Scp);
    }
    if case.rcps().iter().any(|level| level.denies(case.ask)) {
        return Some(LayerKind::Rcp);
    }
    if case.endpoint().is_some_and(|(layer, ask)| layer.denies(ask)) {
        return Some(LayerKind::Endpoint);
    }
    if denies(case.identity()) {
        return Some(LayerKind::Identity);
    }
    if denies(case.boundary()) {
        return Some(LayerKind::Boundary);
    }
    if denies(case.session()) {
        return Some(LayerKind::Session);
    }
    if denies(case.denying_resource()) {
        return Some(LayerKind::Resource);
    }
    case.is_shut_out().then_some(LayerKind::PublicAccessBlock)
}

/// The layers that must allow before anything else is asked.
fn first_gate_shut(case: &Case<'_>) -> Option<LayerKind> {
    if !case.scps().iter().all(|level| level.allows(case.ask)) {
        return Some(LayerKind::Scp);
    }
    let shut = case.endpoint().is_some_and(|(layer, ask)| !layer.allows(ask));
    shut.then_some(LayerKind::Endpoint)
}

/// Services, outsiders and anonymous callers: only the resource can let them in.
fn without_account(case: &Case<'_>) -> Decision {
    if !case.grades().is_empty() {
        Decision::allowed(LayerSet::only(LayerKind::Resource))
    } else if !case.grant_grades().is_empty() {
        Decision::allowed(LayerSet::only(LayerKind::Grant))
    } else {
        Decision::implicit(LayerKind::Resource)
    }
}

/// Both accounts must agree.
fn across_accounts(case: &Case<'_>) -> Decision {
    let grades = case.grades();
    let by_grant = !case.grant_grades().is_empty();
    let theirs = match (grades.is_empty(), by_grant) {
        (false, _) => LayerKind::Resource,
        (true, true) => LayerKind::Grant,
        (true, false) => return Decision::implicit(LayerKind::Resource),
    };
    let ours = if case.identity_allows() {
        LayerKind::Identity
    } else if case.has_grant_of_own_account() {
        LayerKind::Grant
    } else if !by_grant && grades == Case::DELEGATED {
        return Decision::implicit(LayerKind::Resource);
    } else {
        return Decision::implicit(LayerKind::Identity);
    };
    match case.limit() {
        Some(layer) => Decision::implicit(layer),
        None => Decision::allowed(LayerSet::only(ours).with(theirs)),
    }
}

/// Within an account, identity policy or resource policy.
fn ordinary(case: &Case<'_>) -> Decision {
    let identity = case.identity_allows();
    let limit = if identity { case.limit() } else { None };
    if identity && limit.is_none() {
        return Decision::allowed(LayerSet::only(LayerKind::Identity));
    }
    let grades = case.grades();
    if case.is_direct(grades) {
        return Decision::allowed(LayerSet::only(LayerKind::Resource));
    }
    let limited = case.is_limited(grades);
    if !identity && !limited {
        return Decision::implicit(LayerKind::Identity);
    }
    match limit.or_else(|| case.limit()) {
        Some(layer) => Decision::implicit(layer),
        None => Decision::allowed(LayerSet::only(LayerKind::Resource)),
    }
}

/// Within an account, on what must allow by its own policy: KMS keys and roles to assume.
fn with_own_policy(case: &Case<'_>) -> Decision {
    let grades = case.grades();
    if case.needs_both_sides() {
        return both_sides(case, grades.is_empty());
    }
    if case.is_direct(grades) {
        return Decision::allowed(LayerSet::only(LayerKind::Resource));
    }
    let (granted, limit) = (case.grant_grades(), case.limit());
    let by_policy = source(case, grades, LayerKind::Resource);
    if let (Some(layers), None) = (by_policy, limit) {
        return Decision::allowed(layers);
    }
    if case.is_direct(granted) {
        return Decision::allowed(LayerSet::only(LayerKind::Grant));
    }
    match (by_policy.or_else(|| source(case, granted, LayerKind::Grant)), limit) {
        (Some(layers), None) => Decision::allowed(layers),
        (Some(_), Some(layer)) => Decision::implicit(layer),
        (None, _) if Case::is_delegated(grades.and(granted)) => {
            Decision::implicit(LayerKind::Identity)
        }
        (None, _) => Decision::implicit(LayerKind::Resource),
    }
}

/// The layers that would grant by these grades of `layer`, were it not for boundary and session.
fn source(case: &Case<'_>, grades: Grades, layer: LayerKind) -> Option<LayerSet> {
    let delegated = || Case::is_delegated(grades) && case.identity_allows();
    if case.is_limited(grades) {
        Some(LayerSet::only(layer))
    } else {
        delegated().then_some(LayerSet::only(LayerKind::Identity).with(layer))
    }
}

/// Trust policy and identity policy must both allow.
fn both_sides(case: &Case<'_>, untrusted: bool) -> Decision {
    if untrusted {
        return Decision::implicit(LayerKind::Resource);
    }
    if !case.identity_allows() {
        return Decision::implicit(LayerKind::Identity);
    }
    match case.limit() {
        Some(layer) => Decision::implicit(layer),
        None => Decision::allowed(LayerSet::only(LayerKind::Identity).with(LayerKind::Resource)),
    }
}
