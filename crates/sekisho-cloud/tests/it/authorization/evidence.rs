//! What a call leaves: one record, with its questions and its end; nothing else where it was refused.

use std::collections::BTreeSet;

use sekisho_cloud::journal::{Called, Line};
use sekisho_iam::knowledge::Knowledge;
use serde_json::Value as Json;

use super::case::Case;
use crate::rig::Rig;

/// The table of what was last used when: the one thing that a refused call changes.
const LAST_USED: &str = "iam.use";

/// What came of one call.
pub(super) struct Evidence {
    /// `yes`, or the code of what was answered.
    pub(super) cell: String,
    /// The actions that the operation asked.
    pub(super) asked: BTreeSet<String>,
}

/// Makes the call and looks at what it leaves.
pub(super) fn of(rig: &mut Rig, who: &str, case: &Case) -> Evidence {
    let (records, bodies) = sizes(rig);
    let result = rig.send(who, case.operation, case.input.clone(), case.body);
    let (records_after, bodies_after) = sizes(rig);
    let name = format!("{} by {who}", case.name());
    assert_eq!(records_after, records + 1, "{name}: it leaves one record");
    let line: Line = serde_json::from_value(rig.last_record()).unwrap();
    let outer = outer(&line, case, &name);
    let denial = match &result {
        Ok(_) => {
            assert_eq!(outer.outcome, "ok", "{name}");
            false
        }
        Err(fault) => {
            assert_eq!(outer.outcome, fault.code, "{name}");
            let changed = line.changes.iter().find(|change| change.table != LAST_USED);
            assert!(changed.is_none(), "{name}: it changed {changed:?} and failed");
            assert_eq!(bodies, bodies_after, "{name}: it left a body and failed");
            fault.denial
        }
    };
    questions(outer, denial, &name);
    events(&line, outer, denial, &name);
    line.calls.iter().for_each(actions_are_known);
    let asked = outer.asked.iter().map(|question| question.action.clone()).collect();
    Evidence { cell: cell(&line, outer), asked }
}

fn sizes(rig: &Rig) -> (usize, usize) {
    let stored = rig.memory.0.lock().unwrap();
    (stored.records.len(), stored.bodies.len())
}

/// The record of the call itself, which is the last one and the only one of its name that came from
/// outside.
fn outer<'a>(line: &'a Line, case: &Case, name: &str) -> &'a Called {
    let outer = line.calls.last().unwrap();
    let own = |call: &&Called| call.operation == case.operation && call.via.is_empty();
    assert_eq!(line.calls.iter().filter(own).count(), 1, "{name}: it is recorded once");
    assert_eq!(outer.operation, case.operation, "{name}");
    outer
}

/// What was allowed was asked, and what was denied was answered with no.
fn questions(outer: &Called, denial: bool, name: &str) {
    let noes = outer.asked.iter().filter(|question| question.answer != "allowed").count();
    if denial && outer.via.is_empty() {
        let last = outer.asked.last().is_some_and(|last| last.answer != "allowed");
        let inner = noes == 0;
        assert!((last && noes == 1) || inner, "{name}: the refusal ends the questions");
    } else {
        assert_eq!(noes, 0, "{name}: nothing that was refused goes on");
    }
}

/// The trail has the call, with its error where it has one.
fn events(line: &Line, outer: &Called, denial: bool, name: &str) {
    let events = line.events.iter().map(|event| serde_json::from_str::<Json>(event.get()).unwrap());
    let own: Vec<Json> = events.filter(|event| event["requestID"] == outer.request_id).collect();
    for event in &own {
        let code = event["errorCode"].as_str();
        assert_eq!(code.is_some(), outer.outcome != "ok", "{name}: {event}");
        assert!(!denial || code == Some("AccessDenied"), "{name}: {event}");
    }
    assert!(!own.is_empty() || UNSEEN.contains(&&*outer.outcome), "{name}: the trail has it");
}

/// What CloudTrail has no record of: calls of nobody.
const UNSEEN: [&str; 3] =
    ["InvalidClientTokenId", "MissingAuthenticationToken", "MissingAuthenticationTokenException"];

/// What a call came to: an operation that does several things, and may do none of them, is as its
/// parts are.
fn cell(line: &Line, outer: &Called) -> String {
    let parts = || {
        line.calls.iter().filter(|call| call.via == outer.via && call.operation != outer.operation)
    };
    let all_failed = parts().all(|part| part.outcome != "ok");
    match parts().next() {
        _ if outer.outcome != "ok" => outer.outcome.clone(),
        Some(part) if all_failed => format!("parts:{}", part.outcome),
        _ => "yes".to_owned(),
    }
}

/// Every action that is asked is one of AWS's, about a resource of a type that it has.
fn actions_are_known(call: &Called) {
    for question in &call.asked {
        let action = Knowledge::get().action(&question.action);
        let action = action.unwrap_or_else(|| panic!("AWS has no action {}", question.action));
        let fits = match &*question.resource {
            "*" => !action.resource_types.iter().any(|one| one.required),
            arn => action.matching_resource_types(arn).next().is_some(),
        };
        assert!(fits, "{}: {} is not about {}", call.operation, question.action, question.resource);
    }
}
