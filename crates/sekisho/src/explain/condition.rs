//! The words for a condition: why it does not hold, or why it holds where nobody expects it.
//!
//! A key that the request does not carry is what people are most often wrong about. Source: IAM
//! User Guide, "IAM JSON policy elements: Condition operators".

use sekisho_iam::Request;
use sekisho_iam::document::{Comparison, Condition, SetPrefix};
use sekisho_tree::Span;

use super::advice::{Repair, primary};
use crate::render::Mark;

/// Why a condition of an Allow statement does not hold. `got` is what the request carries.
pub(super) fn unmet(condition: &Condition, got: Option<&[String]>) -> Repair {
    match got {
        _ if is_set_of_nulls(condition) => never(condition),
        None => missing(condition),
        Some(values) => differs(condition, values),
    }
}

/// `ForAnyValue:Null` never holds, and `ForAllValues:Null` is never unmet.
fn is_set_of_nulls(condition: &Condition) -> bool {
    condition.operator.comparison == Comparison::Null && condition.operator.set.is_some()
}

fn never(condition: &Condition) -> Repair {
    let operator = condition.operator;
    let label = format!("`{operator}` never holds");
    let fix = format!("`{operator}` never holds, whatever the request carries: write `Null`");
    (primary(condition.operator_span, label), fix)
}

/// The keys that AWS puts into every request. Who explains one without them has forgotten to write
/// them down; no policy has to change for that. Source: IAM User Guide, "AWS global condition
/// context keys", "Availability".
const ALWAYS_SENT: [&str; 5] = [
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:RequestedRegion",
    "aws:SecureTransport",
    "aws:UserAgent",
];

/// What to do about a key that is missing although AWS always sends it.
fn forgotten(condition: &Condition) -> Option<Repair> {
    let key = &condition.key.text;
    ALWAYS_SENT.iter().find(|sent| sent.eq_ignore_ascii_case(key))?;
    let label = "the request file does not give this key".to_owned();
    let fix = format!(
        "AWS puts `{key}` into every request: write it under the `context` of the request file, \
         with the value it has there"
    );
    Some((primary(condition.key.span, label), fix))
}

fn missing(condition: &Condition) -> Repair {
    forgotten(condition).unwrap_or_else(|| absent(condition))
}

fn absent(condition: &Condition) -> Repair {
    let (key, operator) = (&condition.key.text, condition.operator);
    let label = "the request does not carry this key".to_owned();
    let fix = if operator.comparison == Comparison::Null {
        format!(
            "the request does not carry `{key}` at all, and this `Null` wants it present: \
             have the caller send it, or remove the condition"
        )
    } else {
        format!(
            "the request does not carry `{key}` at all, so `{operator}` cannot hold, whatever \
             the value: have the caller send the key, or remove the condition{}",
            if_exists(condition)
        )
    };
    (primary(condition.key.span, label), fix)
}

/// The operator that would hold, where there is one.
fn if_exists(condition: &Condition) -> String {
    let operator = condition.operator;
    if operator.if_exists || operator.set == Some(SetPrefix::ForAnyValue) {
        return String::new();
    }
    format!(" (`{operator}IfExists` would hold where the key is missing)")
}

fn differs(condition: &Condition, values: &[String]) -> Repair {
    let (key, operator) = (&condition.key.text, condition.operator);
    let carried = quoted(values.iter().map(String::as_str));
    let fix = if operator.comparison == Comparison::Null {
        format!("leave `{key}` out of the request, or remove the condition")
    } else if operator.comparison.is_negated() {
        format!("take {carried} out of what this `{operator}` lists, or send another `{key}`")
    } else {
        format!("let the values of this `{operator}` cover {carried}, or send another `{key}`")
    };
    (primary(values_span(condition), format!("the request carries {carried}")), fix)
}

/// Says that a condition of a Deny statement holds although, or because, the request does not carry
/// its key. `None` where the key is there, or its absence is what the condition asks for.
pub(super) fn holds_on_missing(condition: &Condition, request: &Request) -> Option<Repair> {
    let (key, operator) = (&condition.key.text, condition.operator);
    let carried = request.context().get(key).is_some();
    if carried || operator.comparison == Comparison::Null {
        return None;
    }
    if let Some(repair) = forgotten(condition) {
        return Some(repair);
    }
    let label = format!("the request does not carry this key, and so `{operator}` holds");
    let fix = format!(
        "the request does not carry `{key}` at all, and `{operator}` holds where its key is \
         missing: have the caller send the key, or add `\"Null\": {{\"{key}\": \"false\"}}` to \
         this Deny's conditions, which spares every request without it"
    );
    Some((primary(condition.key.span, label), fix))
}

/// Points at a condition of a Deny statement that holds as it was meant to.
pub(super) fn holds(condition: &Condition, request: &Request) -> Mark {
    let operator = condition.operator;
    match request.context().get(&condition.key.text) {
        None => {
            let label = format!("the request does not carry this key: `{operator}` holds");
            primary(condition.key.span, label)
        }
        Some(value) => {
            let values: Vec<String> = value.values().iter().map(ToString::to_string).collect();
            let carried = quoted(values.iter().map(String::as_str));
            let label = format!("the request carries {carried}: `{operator}` holds");
            primary(values_span(condition), label)
        }
    }
}

/// From the first value to the last.
fn values_span(condition: &Condition) -> Span {
    match (condition.values.first(), condition.values.last()) {
        (Some(first), Some(last)) => Span { start: first.span.start, end: last.span.end },
        _ => condition.key.span,
    }
}

/// Texts in backticks, with commas; or that there is none.
pub(super) fn quoted<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = texts.map(|text| format!("`{text}`")).collect();
    if quoted.is_empty() { "no value".to_owned() } else { quoted.join(", ") }
}
