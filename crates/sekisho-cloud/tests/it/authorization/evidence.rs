//! What a call leaves: one record, with its questions and its end; nothing else where it was refused.

use std::collections::BTreeSet;

use sekisho_cloud::journal::{Called, Line, Question};
use sekisho_iam::knowledge::Knowledge;
use serde_json::Value as Json;

use super::asked_in_parts;
use super::case::Case;
use crate::rig::Rig;

/// The table of what was last used when: the one thing that a refused call changes.
const LAST_USED: &str = "iam.use";

/// What is asked about another resource than the reference gives the action. Each was looked up.
const ABOUT_OTHERS: [(&str, &str, &str); 6] = [
    ("kms:CreateKey", "kms:TagResource", "there is no key yet; recorded denials name no resource"),
    (
        "kms:ListRetirableGrants",
        "kms:ListRetirableGrants",
        "KMS API Reference: \"The authorized resource … is the retiring principal\"",
    ),
    (
        "organizations:AcceptHandshake",
        "organizations:AcceptHandshake",
        "the handshake is the other account's; docs/fidelity.md",
    ),
    ("organizations:CreatePolicy", "organizations:CreatePolicy", "there is no policy yet"),
    (
        "ssm:DescribeParameters",
        "ssm:DescribeParameters",
        "recorded denials name `arn:aws:ssm:REGION:ACCOUNT:*`",
    ),
    ("sts:GetFederationToken", "sts:TagSession", "as the session that is tagged"),
];

/// What CloudTrail has no record of: calls of nobody.
const UNSEEN: [&str; 3] =
    ["InvalidClientTokenId", "MissingAuthenticationToken", "MissingAuthenticationTokenException"];

/// What came of one call.
pub(super) struct Evidence {
    /// `yes`, or the code of what was answered.
    pub(super) cell: String,
    /// The actions that the operation asked.
    pub(super) asked: BTreeSet<String>,
    /// What is not as it should be, whoever calls whatever.
    pub(super) wrong: Vec<String>,
}

/// Makes the call and looks at what it leaves.
pub(super) fn of(rig: &mut Rig, who: &str, case: &Case) -> Evidence {
    let (first, bodies) = sizes(rig);
    let result = rig.send(who, case.operation, case.input.clone(), case.body);
    let (_, bodies_after) = sizes(rig);
    let line = told_since(rig, first);
    let Some(outer) = line.calls.last() else { panic!("{} leaves no call", case.name()) };
    let fault = result.err();
    let denial = fault.as_ref().is_some_and(|fault| fault.denial);
    let own = |call: &&Called| call.operation == case.operation && call.via.is_empty();
    let once = line.calls.iter().filter(own).count() == 1 && outer.operation == case.operation;
    let code = fault.as_ref().map_or("ok", |fault| fault.code);
    let unchanged = line.changes.iter().all(|change| change.table == LAST_USED);
    let seen = seen(&line, outer, denial);
    // A call of nobody about nothing is in no account's trail.
    let placeless = who == "anonymous" && outer.asked.is_empty();
    let checks = [
        (once, "is not recorded once"),
        (outer.outcome == code, "is recorded with another outcome"),
        (fault.is_none() || unchanged, "changed rows and failed"),
        (fault.is_none() || bodies == bodies_after, "left a body and failed"),
        (
            !outer.asked.is_empty() || code != "ok" || asked_in_parts(case),
            "was not asked and is done",
        ),
        (questions_are_answered(outer, denial), "goes on after a no, or is refused without one"),
        (
            seen.is_some_and(|count| count > 0) || UNSEEN.contains(&code) || placeless,
            "has no event",
        ),
        (seen.is_some(), "has an event with another error"),
    ];
    let mut wrong: Vec<_> = checks
        .iter()
        .filter(|(holds, _)| !holds)
        .map(|(_, what)| format!("{} by {who} {what}", case.name()))
        .collect();
    wrong.extend(line.calls.iter().flat_map(unknown_questions));
    let asked = outer.asked.iter().map(|question| question.action.clone()).collect();
    Evidence { cell: cell(&line, outer), asked, wrong }
}

fn sizes(rig: &Rig) -> (usize, usize) {
    let stored = rig.memory.0.lock().unwrap();
    (stored.records.len(), stored.bodies.len())
}

/// What the records say since this one, as one. Only a call with a body leaves several: with the first,
/// the key for the body is fetched.
fn told_since(rig: &Rig, first: usize) -> Line {
    let stored = rig.memory.0.lock().unwrap();
    let mut lines =
        stored.records[first..].iter().map(|bytes| serde_json::from_slice::<Line>(bytes).unwrap());
    let mut told = lines.next().unwrap();
    for line in lines {
        told.calls.extend(line.calls);
        told.events.extend(line.events);
        told.changes.extend(line.changes);
    }
    told
}

/// Nothing goes on after a no. A refusal is the answer to the last question, of the call itself or of
/// one that it placed.
fn questions_are_answered(outer: &Called, denial: bool) -> bool {
    let allowed = |question: &Question| question.answer == "allowed";
    match outer.asked.split_last() {
        Some((last, others)) => others.iter().all(allowed) && (allowed(last) || denial),
        None => true,
    }
}

/// How many events the trail has of the call; `None` where one says something else of its end.
fn seen(line: &Line, outer: &Called, denial: bool) -> Option<usize> {
    let events = line.events.iter().map(|event| serde_json::from_str::<Json>(event.get()).unwrap());
    let of_part = |event: &Json| {
        let name = |call: &Called| call.operation.split(':').nth(1) == event["eventName"].as_str();
        line.calls.iter().any(|call| call.operation != outer.operation && name(call))
    };
    let own = events.filter(|event| event["requestID"] == outer.request_id && !of_part(event));
    let own: Vec<Json> = own.collect();
    let agrees = |event: &Json| match event["errorCode"].as_str() {
        Some(code) => outer.outcome != "ok" && (!denial || code == "AccessDenied"),
        None => outer.outcome == "ok",
    };
    own.iter().all(agrees).then_some(own.len())
}

/// What a call came to: an operation that does several things, and may do none of them, is as its
/// parts are.
fn cell(line: &Line, outer: &Called) -> String {
    let service = |call: &Called| call.operation.split(':').next().map(str::to_owned);
    let parts = || line.calls.iter().rev().skip(1).filter(|call| service(call) == service(outer));
    let all_failed = parts().all(|part| part.outcome != "ok");
    match parts().next() {
        _ if outer.outcome != "ok" => outer.outcome.clone(),
        Some(part) if all_failed => format!("parts:{}", part.outcome),
        _ => "yes".to_owned(),
    }
}

/// The questions that are not about one of AWS's actions, with a resource of a type that it has.
fn unknown_questions(call: &Called) -> Vec<String> {
    let unknown = |question: &&Question| {
        let about = |(operation, action, _): &(&str, &str, &str)| {
            *operation == call.operation && *action == question.action
        };
        !ABOUT_OTHERS.iter().any(about) && !is_known(&question.action, &question.resource)
    };
    let asked = call.asked.iter().filter(unknown);
    asked.map(|one| format!("{} asks {} on {}", call.operation, one.action, one.resource)).collect()
}

fn is_known(action: &str, resource: &str) -> bool {
    let Some(action) = Knowledge::get().action(action) else { return false };
    match resource {
        "*" => !action.resource_types.iter().any(|one| one.required),
        arn => action.matching_resource_types(arn).next().is_some(),
    }
}
