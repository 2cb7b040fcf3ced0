//! What each layer said, in the order in which AWS asks them.

use super::near::near;
use crate::beyond;
use crate::case::Case;
use crate::compile::{Ask, Layer};
use crate::decision::{Decision, LayerKind};
use crate::document::Effect;
use crate::explanation::{LayerReport, Said, StatementRef};
use crate::request::Family;

/// The reports of all layers that bear on the request.
pub(super) fn reports(case: &Case<'_>, decision: Decision) -> Vec<LayerReport> {
    let mut reports = Vec::new();
    let endpoint = case.endpoint().map(|(layer, ask)| asked(LayerKind::Endpoint, layer, ask));
    if beyond::is_free(case.request) {
        return endpoint.into_iter().collect();
    }
    levels(case, LayerKind::Scp, case.layers.scps, case.scps(), &mut reports);
    levels(case, LayerKind::Rcp, case.layers.rcps, case.rcps(), &mut reports);
    reports.extend(endpoint);
    reports.extend(identity(case));
    reports.extend(limiting(case, LayerKind::Boundary, case.layers.boundary, case.boundary()));
    reports.extend(limiting(case, LayerKind::Session, case.layers.session, case.session()));
    reports.extend(resource(case));
    reports.extend(grants(case));
    if case.is_shut_out() {
        reports.push(plain(LayerKind::PublicAccessBlock, Said::Denies));
    }
    mark_overridden(&mut reports, decision);
    reports
}

/// A report without statements.
fn plain(layer: LayerKind, said: Said) -> LayerReport {
    LayerReport { layer, level: None, said, decided_by: Vec::new(), near: Vec::new() }
}

/// What a layer says by its statements.
fn asked(kind: LayerKind, layer: &Layer, ask: Ask<'_>) -> LayerReport {
    let denying = deniers(layer, ask);
    if !denying.is_empty() {
        return LayerReport { decided_by: denying, ..plain(kind, Said::Denies) };
    }
    let mut allowing = layer.matching(Effect::Allow, ask);
    // What names the caller comes before what only names its account.
    allowing.sort_by_key(|rule| rule.grades(ask) == Case::DELEGATED);
    let allowing: Vec<_> = allowing.into_iter().map(|rule| rule.at).collect();
    if allowing.is_empty() {
        LayerReport { near: near(layer, ask), ..plain(kind, Said::Nothing) }
    } else {
        LayerReport { decided_by: allowing, ..plain(kind, Said::Allows) }
    }
}

/// The statements that deny, and the policies that could not be read.
pub(super) fn deniers(layer: &Layer, ask: Ask<'_>) -> Vec<StatementRef> {
    let unreadable = layer.unreadable().iter();
    let unreadable = unreadable.map(|policy| StatementRef { policy: *policy, statement: None });
    let denying = layer.matching(Effect::Deny, ask).into_iter().map(|rule| rule.at);
    unreadable.chain(denying).collect()
}

fn levels(
    case: &Case<'_>,
    kind: LayerKind,
    attached: &[Layer],
    binding: &[Layer],
    reports: &mut Vec<LayerReport>,
) {
    if binding.is_empty() && !attached.is_empty() {
        reports.push(plain(kind, Said::DoesNotBind));
    }
    for (level, layer) in binding.iter().enumerate() {
        let mut report = asked(kind, layer, case.ask);
        if kind == LayerKind::Rcp && report.said == Said::Nothing {
            // `RCPFullAWSAccess` is attached at every level and cannot be detached.
            report = plain(kind, Said::Allows);
        }
        reports.push(LayerReport { level: Some(level), ..report });
    }
}

fn identity(case: &Case<'_>) -> Option<LayerReport> {
    let Some(layer) = case.identity() else {
        let root = case.caller().account().is_some();
        let is_refused = beyond::refused_by(case.request) == Some(LayerKind::Identity);
        let said = if is_refused { Said::Nothing } else { Said::Allows };
        return root.then(|| plain(LayerKind::Identity, said));
    };
    let absent = layer.rules().is_empty() && layer.unreadable().is_empty();
    let report = asked(LayerKind::Identity, layer, case.ask);
    Some(if absent { plain(LayerKind::Identity, Said::Absent) } else { report })
}

fn limiting(
    case: &Case<'_>,
    kind: LayerKind,
    attached: Option<&Layer>,
    binding: Option<&Layer>,
) -> Option<LayerReport> {
    match (attached, binding) {
        (_, Some(layer)) => Some(asked(kind, layer, case.ask)),
        (Some(_), None) => Some(plain(kind, Said::DoesNotBind)),
        (None, None) => {
            let session = kind == LayerKind::Session && case.needs_session_policy();
            session.then(|| plain(kind, Said::Absent))
        }
    }
}

fn resource(case: &Case<'_>) -> Option<LayerReport> {
    if case.request.retires_grant() {
        return case.layers.resource.map(|_| plain(LayerKind::Resource, Said::DoesNotBind));
    }
    let Some(layer) = case.layers.resource else {
        let needed = case.request.family() != Family::Ordinary || case.request.crosses_accounts();
        return needed.then(|| plain(LayerKind::Resource, Said::Absent));
    };
    let mut report = asked(LayerKind::Resource, layer, case.ask);
    if report.said == Said::Denies && case.denying_resource().is_none() {
        report.said = Said::DoesNotBind;
    } else if report.said == Said::Allows && case.grades() == Case::DELEGATED {
        report.said = Said::Delegates;
        report.near = near(layer, case.ask);
    }
    Some(report)
}

fn grants(case: &Case<'_>) -> Option<LayerReport> {
    let grants = case.layers.grants;
    if grants.is_empty() {
        return None;
    }
    let applying = grants.iter().enumerate().filter(|(_, one)| !one.grades(case.ask).is_empty());
    let decided_by: Vec<_> =
        applying.map(|(policy, _)| StatementRef { policy, statement: None }).collect();
    let said = if decided_by.is_empty() { Said::Nothing } else { Said::Allows };
    Some(LayerReport { decided_by, ..plain(LayerKind::Grant, said) })
}

/// In an allowed request, a boundary or session policy that did not allow was overridden.
fn mark_overridden(reports: &mut [LayerReport], decision: Decision) {
    for report in reports {
        let limiting = matches!(report.layer, LayerKind::Boundary | LayerKind::Session);
        let silent = matches!(report.said, Said::Nothing | Said::Absent);
        if decision.is_allowed() && limiting && silent {
            report.said = Said::Overridden;
        }
    }
}
