//! The nearest miss: the smallest set of changes that would allow a denied request.
//!
//! Every layer that denies must be lifted and every layer that must allow and does not must be
//! widened; where identity *or* resource policy would do, the cheaper way is taken, the identity
//! policy among equals. A layer is widened by mending the one element that keeps a statement from
//! matching; by a new statement where there is none such, or where mending would give away far more
//! than was asked for. Each change in the set is needed, and together they are
//! enough: `tests/nearest_miss.rs` applies them.

use super::layers::deniers;
use super::near::near;
use crate::beyond;
use crate::caller::Caller;
use crate::case::Case;
use crate::compile::{Ask, Grade, Grades, Layer};
use crate::decide::behind_the_gates;
use crate::decision::LayerKind;
use crate::explanation::{Change, Miss, NearStatement};
use crate::request::Family;

/// The smallest set of changes found; empty where no policy can allow the request.
pub(super) fn nearest_miss(case: &Case<'_>) -> Vec<Change> {
    if case.is_beyond_policies() {
        return Vec::new();
    }
    if beyond::is_free(case.request) {
        return at_the_endpoint(case);
    }
    let mut changes = lifts(case);
    changes.extend(gates(case));
    changes.extend(grants_of_access(case));
    changes
}

/// Only the policy of the VPC endpoint was asked.
fn at_the_endpoint(case: &Case<'_>) -> Vec<Change> {
    let Some((layer, ask)) = case.endpoint() else { return Vec::new() };
    let denying = deniers(layer, ask).into_iter();
    let lifts = denying.map(|at| Change::Lift { layer: LayerKind::Endpoint, level: None, at });
    lifts.chain(endpoint_gate(case)).collect()
}

/// Takes the request out of every Deny.
fn lifts(case: &Case<'_>) -> Vec<Change> {
    use LayerKind as L;
    let mut changes = Vec::new();
    let mut lift = |layer: L, level: Option<usize>, of: Option<&Layer>, ask: Ask<'_>| {
        let denying = of.map(|layer| deniers(layer, ask)).unwrap_or_default();
        changes.extend(denying.into_iter().map(|at| Change::Lift { layer, level, at }));
    };
    for (level, scp) in case.scps().iter().enumerate() {
        lift(L::Scp, Some(level), Some(scp), case.ask);
    }
    for (level, rcp) in case.rcps().iter().enumerate() {
        lift(L::Rcp, Some(level), Some(rcp), case.ask);
    }
    if let Some((layer, ask)) = case.endpoint() {
        lift(L::Endpoint, None, Some(layer), ask);
    }
    lift(L::Identity, None, case.identity(), case.ask);
    lift(L::Boundary, None, case.boundary(), case.ask);
    lift(L::Session, None, case.session(), case.ask);
    lift(L::Resource, None, case.denying_resource(), case.ask);
    if case.is_shut_out() {
        changes.push(Change::UnblockPublicAccess);
    }
    changes
}

/// Widens SCP levels and the endpoint policy where they do not allow.
fn gates(case: &Case<'_>) -> Vec<Change> {
    let shut = case.scps().iter().enumerate().filter(|(_, scp)| !scp.allows(case.ask));
    let scps = shut.map(|(level, scp)| widen(LayerKind::Scp, Some(level), Some(scp), case.ask));
    scps.chain(endpoint_gate(case)).collect()
}

fn endpoint_gate(case: &Case<'_>) -> Option<Change> {
    let (layer, ask) = case.endpoint().filter(|(layer, ask)| !layer.allows(*ask))?;
    Some(widen(LayerKind::Endpoint, None, Some(layer), ask))
}

/// Makes identity and resource policies, boundary and session agree.
fn grants_of_access(case: &Case<'_>) -> Vec<Change> {
    if behind_the_gates(case).is_allowed() {
        return Vec::new();
    }
    if case.caller().account().is_none() {
        return by_resource_alone(case);
    }
    if case.request.crosses_accounts() || case.needs_both_sides() {
        return by_both_sides(case);
    }
    if case.request.retires_grant() {
        return if case.is_limited(case.grant_grades()) { limits(case) } else { by_identity(case) };
    }
    let mut ways = Vec::new();
    if case.request.family() == Family::Ordinary || is_delegated(case) {
        ways.push(by_identity(case));
    }
    if case.request.family() != Family::Ordinary || case.layers.resource.is_some() {
        ways.push(by_resource(case));
    }
    ways.into_iter().min_by_key(Vec::len).unwrap_or_default()
}

/// Only the resource can let in who has no account. A new statement for everybody makes a bucket
/// policy public; a statement that speaks of everybody already and is mended leaves it as it is.
fn by_resource_alone(case: &Case<'_>) -> Vec<Change> {
    let change = widen_resource(case);
    let everybody = matches!(case.caller(), Caller::Anonymous);
    if !everybody || !case.layers.restrict_public_buckets || case.is_shut_out() {
        return vec![change];
    }
    match change {
        Change::Widen { ref near, .. } if !near.misses.contains(&Miss::Principal) => vec![change],
        _ => vec![
            Change::Add { layer: LayerKind::Resource, level: None },
            Change::UnblockPublicAccess,
        ],
    }
}

/// Both the resource's account and the caller's.
fn by_both_sides(case: &Case<'_>) -> Vec<Change> {
    let same_account = !case.request.crosses_accounts();
    let granted = !case.grant_grades().is_empty() && !same_account;
    let mut changes = Vec::new();
    if case.grades().is_empty() && !granted {
        changes.push(widen_resource(case));
    }
    let agreed = case.identity_allows() || (!same_account && case.has_grant_of_own_account());
    if !agreed {
        changes.push(widen(LayerKind::Identity, None, case.identity(), case.ask));
    }
    changes.extend(limits(case));
    changes
}

/// The identity policies, and what limits them.
fn by_identity(case: &Case<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    if !case.identity_allows() {
        changes.push(widen(LayerKind::Identity, None, case.identity(), case.ask));
    }
    changes.extend(limits(case));
    changes
}

/// The resource policy (or grant) naming the caller, and what limits that. A new statement for the
/// caller is taken where it needs less besides than the mended one.
fn by_resource(case: &Case<'_>) -> Vec<Change> {
    let named = case.is_limited(case.grades()) || case.is_limited(case.grant_grades());
    if named {
        return limits(case);
    }
    let new = Change::Add { layer: LayerKind::Resource, level: None };
    let ways = [widen_resource(case), new].map(|change| with_what_it_needs(case, change));
    ways.into_iter().min_by_key(Vec::len).unwrap_or_default()
}

/// A change of the resource policy, and what the account must change besides for it to count.
fn with_what_it_needs(case: &Case<'_>, change: Change) -> Vec<Change> {
    let grades = grades_when_widened(case, &change);
    let mut changes = vec![change];
    if case.is_direct(grades) {
        return changes;
    }
    if !case.is_limited(grades) && !case.identity_allows() {
        changes.push(widen(LayerKind::Identity, None, case.identity(), case.ask));
    }
    changes.extend(limits(case));
    changes
}

/// Boundary and session policies where they do not allow.
fn limits(case: &Case<'_>) -> Vec<Change> {
    let boundary = case.boundary().filter(|layer| !layer.allows(case.ask));
    let boundary = boundary.map(|layer| widen(LayerKind::Boundary, None, Some(layer), case.ask));
    let session = case.session();
    let shut = session.map_or(case.needs_session_policy(), |layer| !layer.allows(case.ask));
    let session = shut.then(|| widen(LayerKind::Session, None, session, case.ask));
    boundary.into_iter().chain(session).collect()
}

fn is_delegated(case: &Case<'_>) -> bool {
    Case::is_delegated(case.grades().and(case.grant_grades()))
}

/// In which grades the mended resource policy would name the caller: by its own name, where that is
/// what is added, else as the mended statement does.
fn grades_when_widened(case: &Case<'_>, change: &Change) -> Grades {
    if let Change::Widen { near, .. } = change
        && !near.misses.contains(&Miss::Principal)
    {
        let mut rules = case.layers.resource.into_iter().flat_map(Layer::rules);
        let mended = rules.find(|rule| rule.at == near.at);
        return mended.map_or(Grades::NONE, |rule| rule.grades(case.ask));
    }
    Grades::only(match case.caller() {
        Caller::User(_) => Grade::User,
        Caller::FederatedUser(_) => Grade::FederatedUser,
        Caller::Role(_) => Grade::Role,
        _ => Grade::Account,
    })
}

fn widen_resource(case: &Case<'_>) -> Change {
    widen(LayerKind::Resource, None, case.layers.resource, case.ask)
}

/// The smallest change that makes a layer allow the request.
fn widen(layer: LayerKind, level: Option<usize>, of: Option<&Layer>, ask: Ask<'_>) -> Change {
    let mut mendable = of.into_iter().flat_map(|of| {
        let fits = move |near: &NearStatement| !gives_too_much(layer, of, near, ask);
        near(of, ask).into_iter().filter(fits)
    });
    match mendable.find(|near| near.misses.len() == 1) {
        Some(near) => Change::Widen { layer, level, near },
        None => Change::Add { layer, level },
    }
}

/// Whether mending this statement would give the caller far more than the request: to be named
/// where a whole service is allowed (as in the first statement of most key policies), or to have
/// one more action on every resource. Boundaries, SCPs, session and endpoint policies give nothing
/// by themselves, and speak of every resource as a rule.
fn gives_too_much(layer: LayerKind, of: &Layer, near: &NearStatement, ask: Ask<'_>) -> bool {
    let Some(rule) = of.rules().iter().find(|rule| rule.at == near.at) else { return false };
    match near.misses.as_slice() {
        [Miss::Principal] => layer == LayerKind::Resource && rule.names_whole_service(),
        [Miss::Action] => {
            let about_one = ask.request.resource().arn != "*";
            layer == LayerKind::Identity && about_one && rule.names_every_resource()
        }
        _ => false,
    }
}
