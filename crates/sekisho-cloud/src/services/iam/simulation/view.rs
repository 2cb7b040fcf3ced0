//! The answers of a simulation as replies show them.
//!
//! Each action is told with each resource, and where the request names resources, once more under
//! `ResourceSpecificResults`: which of the two a client reads does not matter then.

use std::collections::BTreeMap;

use sekisho_iam::Outcome;
use serde::Serialize;

use super::super::paging::{Page, page};
use super::{Scenario, Simulation, Source, Verdict};
use crate::fault::Fault;

/// The answer for one action on one resource.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct ResultView {
    eval_action_name: String,
    eval_resource_name: String,
    eval_decision: &'static str,
    matched_statements: Vec<StatementView>,
    missing_context_values: Vec<String>,
    organizations_decision_detail: Option<ByOrganizations>,
    permissions_boundary_decision_detail: Option<ByBoundary>,
    eval_decision_details: BTreeMap<String, String>,
    resource_specific_results: Option<Vec<OnResourceView>>,
}

/// The same, by resource.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct OnResourceView {
    eval_resource_name: String,
    eval_resource_decision: &'static str,
    matched_statements: Vec<StatementView>,
    missing_context_values: Vec<String>,
    permissions_boundary_decision_detail: Option<ByBoundary>,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ByOrganizations {
    allowed_by_organizations: bool,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ByBoundary {
    allowed_by_permissions_boundary: bool,
}

/// A statement that decided, by its policy and its place in the policy's text.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
struct StatementView {
    source_policy_id: String,
    source_policy_type: &'static str,
    start_position: Option<Position>,
    end_position: Option<Position>,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Position {
    line: u32,
    column: u32,
}

/// A page of the answers: every action with every resource, in the order of the request.
///
/// # Errors
/// When one of them makes no request.
pub(in super::super) fn results(
    simulation: &Simulation,
    scenario: &Scenario,
) -> Result<Page<ResultView>, Fault> {
    let anything = ["*".to_owned()];
    let named = !scenario.resources.is_empty();
    let resources = if named { &scenario.resources[..] } else { &anything[..] };
    let pairs =
        scenario.actions.iter().flat_map(|action| resources.iter().map(move |on| (action, on)));
    let keyed: Vec<_> = pairs.zip(0_u64..).map(|(pair, at)| (format!("{at:020}"), pair)).collect();
    let rows = keyed.iter().map(|(key, pair)| (key.as_str(), *pair));
    let page = page(rows, scenario.marker.as_deref(), scenario.max_items)?;
    let told = page.items.iter().map(|(action, resource)| {
        let verdict = simulation.decide(action, resource)?;
        Ok(ResultView::of(action, resource, &verdict, named))
    });
    Ok(Page { items: told.collect::<Result<_, Fault>>()?, marker: page.marker })
}

impl ResultView {
    fn of(action: &str, resource: &str, verdict: &Verdict<'_>, named: bool) -> Self {
        let on_resource = OnResourceView::of(resource, verdict);
        let allowed = |allowed_by_organizations| ByOrganizations { allowed_by_organizations };
        Self {
            eval_action_name: action.to_owned(),
            eval_resource_name: resource.to_owned(),
            eval_decision: on_resource.eval_resource_decision,
            matched_statements: on_resource.matched_statements.clone(),
            missing_context_values: on_resource.missing_context_values.clone(),
            organizations_decision_detail: verdict.by_organizations.map(allowed),
            permissions_boundary_decision_detail: on_resource.permissions_boundary_decision_detail,
            eval_decision_details: BTreeMap::new(),
            resource_specific_results: named.then(|| vec![on_resource]),
        }
    }
}

impl OnResourceView {
    fn of(resource: &str, verdict: &Verdict<'_>) -> Self {
        let matched = verdict.matched.iter();
        let allowed =
            |allowed_by_permissions_boundary| ByBoundary { allowed_by_permissions_boundary };
        Self {
            eval_resource_name: resource.to_owned(),
            eval_resource_decision: match verdict.outcome {
                Outcome::Allowed => "allowed",
                Outcome::ExplicitlyDenied => "explicitDeny",
                Outcome::ImplicitlyDenied => "implicitDeny",
            },
            matched_statements: matched
                .map(|(source, at)| StatementView::of(source, *at))
                .collect(),
            missing_context_values: verdict.missing.clone(),
            permissions_boundary_decision_detail: verdict.by_boundary.map(allowed),
        }
    }
}

impl StatementView {
    fn of(source: &Source, statement: usize) -> Self {
        let [start, end] = source.place(statement).map_or([None; 2], |places| places.map(Some));
        Self {
            source_policy_id: source.id.clone(),
            source_policy_type: source.kind,
            start_position: start.map(Position::of),
            end_position: end.map(Position::of),
        }
    }
}

impl Position {
    fn of((line, column): (usize, usize)) -> Self {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { line: number(line), column: number(column) }
    }
}
