//! Conditions: one line of a `Condition` block against one request.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition operators", "Conditions with
//! multiple context keys or values" and "Set operators for multivalued context keys".

use std::cmp::Ordering;

use sekisho_iam::context::{Context, ContextValue};
use sekisho_iam::document::{Comparison, Condition, Effect, SetPrefix, Version};

use crate::pattern::Pattern;
use crate::value;

/// Whether a condition holds.
pub(crate) fn holds(
    condition: &Condition,
    effect: Effect,
    context: &Context,
    version: Version,
) -> bool {
    let operator = condition.operator;
    let got = context.get(&condition.key.text);
    if let (Comparison::Null, Some(set)) = (operator.comparison, operator.set) {
        // "They always return a true or false respectively" (IAM policy validation check reference,
        // "Null with qualifier").
        return set == SetPrefix::ForAllValues;
    }
    if operator.comparison == Comparison::Null {
        let is_null = members(got).next().is_none();
        return condition.values.iter().any(|wanted| value::boolean(&wanted.text) == Some(is_null));
    }
    let one_holds = |value: &str| value_holds(condition, value, context, version);
    match (operator.set, got) {
        (_, None) if operator.if_exists => true,
        (None, None) => operator.comparison.is_negated(),
        // A multivalued key needs a set operator: in doubt nothing is allowed and all is denied.
        (None, Some(got)) => match got.values() {
            [] => operator.if_exists || operator.comparison.is_negated(),
            [one] => one_holds(one),
            several => effect == Effect::Deny && several.iter().any(|value| one_holds(value)),
        },
        (Some(SetPrefix::ForAllValues), got) => members(got).all(one_holds),
        (Some(SetPrefix::ForAnyValue), got) => members(got).any(one_holds),
    }
}

/// The values as a set. A set of nothing but empty texts is empty.
fn members(got: Option<&ContextValue>) -> impl Iterator<Item = &str> {
    let values = got.map_or(&[][..], ContextValue::values);
    let empty = values.iter().all(|value| value.is_empty());
    values.iter().map(|value| &**value).filter(move |_| !empty)
}

/// Whether the condition holds for one value of the request: one of the policy's values matches, or
/// none for a negated operator. A value with a variable that has none matches nothing, and neither
/// does what is not of the operator's type ("Variables and tags", section "Policy variables with no
/// value": inverted operators do match then).
fn value_holds(condition: &Condition, got: &str, context: &Context, version: Version) -> bool {
    let comparison = condition.operator.comparison;
    let read = |text: &str| match comparison.takes_variables() {
        true => Pattern::read(text, context, version),
        false => Some(Pattern::without_variables(text)),
    };
    let mut wanted = condition.values.iter().filter_map(|wanted| read(&wanted.text));
    wanted.any(|wanted| matches(comparison, &wanted, got)) != comparison.is_negated()
}

/// Whether a value of the request is as one of the policy says; a negated operator compares like the
/// one that it negates.
fn matches(comparison: Comparison, wanted: &Pattern, got: &str) -> bool {
    use Comparison as C;
    let text = wanted.literal();
    match comparison {
        C::StringEquals | C::StringNotEquals => text == got,
        C::StringEqualsIgnoreCase | C::StringNotEqualsIgnoreCase => {
            text.to_lowercase() == got.to_lowercase()
        }
        C::StringLike | C::StringNotLike => wanted.matches(got),
        C::NumericEquals | C::NumericNotEquals => numbers(got, &text).is_some_and(Ordering::is_eq),
        C::NumericLessThan => numbers(got, &text).is_some_and(Ordering::is_lt),
        C::NumericLessThanEquals => numbers(got, &text).is_some_and(Ordering::is_le),
        C::NumericGreaterThan => numbers(got, &text).is_some_and(Ordering::is_gt),
        C::NumericGreaterThanEquals => numbers(got, &text).is_some_and(Ordering::is_ge),
        C::DateEquals | C::DateNotEquals => dates(got, &text).is_some_and(Ordering::is_eq),
        C::DateLessThan => dates(got, &text).is_some_and(Ordering::is_lt),
        C::DateLessThanEquals => dates(got, &text).is_some_and(Ordering::is_le),
        C::DateGreaterThan => dates(got, &text).is_some_and(Ordering::is_gt),
        C::DateGreaterThanEquals => dates(got, &text).is_some_and(Ordering::is_ge),
        C::Bool => value::boolean(got).is_some_and(|got| value::boolean(&text) == Some(got)),
        C::BinaryEquals => value::bytes(got).is_some_and(|got| value::bytes(&text) == Some(got)),
        C::IpAddress | C::NotIpAddress => value::is_in_range(got, &text),
        C::ArnEquals | C::ArnLike | C::ArnNotEquals | C::ArnNotLike => wanted.matches_arn(got),
        C::Null => false,
    }
}

fn numbers(got: &str, wanted: &str) -> Option<Ordering> {
    Some(value::number(got)?.cmp(&value::number(wanted)?))
}

fn dates(got: &str, wanted: &str) -> Option<Ordering> {
    Some(value::date(got)?.cmp(&value::date(wanted)?))
}
