//! Whether two conditions on one key can both hold.
//!
//! Conditions of a statement are joined by AND. Two that ask for different values of a
//! single-valued key make the statement dead. Only what is certain counts: a variable may be any
//! text, and a key that both conditions allow to be absent contradicts nothing.
//!
//! Source: IAM User Guide, "Conditions with multiple context keys or values".

use super::rule::Findings;
use crate::condition::{date::Date, ip::IpRange, number::Number, read_bool};
use crate::context::Context;
use crate::document::{Comparison, Condition, Operator, SetPrefix, ValueType};
use crate::knowledge::overlap::{overlap, pattern_pieces};
use crate::pattern::{Pattern, Syntax};
use std::cmp::Ordering;

/// Whether a condition with this operator holds for requests without its key.
pub(super) fn holds_when_absent(operator: Operator) -> bool {
    let Operator { set, comparison, if_exists } = operator;
    let negated = comparison.is_negated() && set.is_none();
    comparison != Comparison::Null && (if_exists || negated || set == Some(SetPrefix::ForAllValues))
}

/// What a `Null` condition says about its key: `Some(true)` that it must be absent. With a set
/// operator it says nothing about it.
pub(super) fn wants_absence(condition: &Condition) -> Option<bool> {
    let Operator { set, comparison, .. } = condition.operator;
    match condition.values.as_slice() {
        [value] if comparison == Comparison::Null && set.is_none() => read_bool(&value.text),
        _ => None,
    }
}

/// Whether no request can satisfy both. The work is taken from the rule's allowance; what it does
/// not suffice for contradicts nothing.
pub(super) fn contradict(one: &Condition, other: &Condition, found: &mut Findings) -> bool {
    match (wants_absence(one), wants_absence(other)) {
        (Some(one), Some(other)) => one != other,
        (Some(absent), None) => absent && demands_presence(other),
        (None, Some(absent)) => absent && demands_presence(one),
        (None, None) => {
            let single = one.operator.set.is_none() && other.operator.set.is_none();
            let present = demands_presence(one) || demands_presence(other);
            single && present && are_apart(one, other, found)
        }
    }
}

fn demands_presence(condition: &Condition) -> bool {
    condition.operator.comparison != Comparison::Null && !holds_when_absent(condition.operator)
}

/// Whether no value satisfies both.
fn are_apart(one: &Condition, other: &Condition, found: &mut Findings) -> bool {
    use ValueType as T;
    let (one, other) = match one.operator.comparison.is_negated() {
        true => (other, one),
        false => (one, other),
    };
    let both_filled = !one.values.is_empty() && !other.values.is_empty();
    if one.operator.comparison.is_negated() || !both_filled {
        return false;
    }
    let size = |condition: &Condition| -> usize {
        condition.values.iter().map(|value| value.text.len() + 1).sum()
    };
    if !found.may_work(size(one).saturating_mul(size(other))) {
        return false;
    }
    let negated = other.operator.comparison.is_negated();
    match (value_type(one), value_type(other)) {
        (T::String | T::Arn, T::String | T::Arn) if negated => all_excluded(one, other),
        (T::String | T::Arn, T::String | T::Arn) => no_text_in_common(one, other),
        (T::Numeric | T::Date, T::Numeric | T::Date) => no_point_in_common(one, other),
        (T::Bool, T::Bool) => no_truth_in_common(one, other),
        (T::IpAddress, T::IpAddress) => no_address_in_common(one, other),
        _ => false,
    }
}

fn value_type(condition: &Condition) -> ValueType {
    condition.operator.comparison.value_type()
}

fn ignores_case(condition: &Condition) -> bool {
    use Comparison as C;
    let comparison = condition.operator.comparison;
    matches!(comparison, C::StringEqualsIgnoreCase | C::StringNotEqualsIgnoreCase)
}

fn reads_wildcards(condition: &Condition) -> bool {
    use Comparison as C;
    let comparison = condition.operator.comparison;
    let like = matches!(comparison, C::StringLike | C::StringNotLike);
    like || comparison.value_type() == ValueType::Arn
}

fn texts(condition: &Condition, lower: bool) -> impl Iterator<Item = String> {
    condition.values.iter().map(move |value| match lower {
        true => value.text.to_lowercase(),
        false => value.text.to_string(),
    })
}

/// No text fits a value of each. A wildcard counts as one also where it is not read.
fn no_text_in_common(one: &Condition, other: &Condition) -> bool {
    let lower = ignores_case(one) || ignores_case(other);
    let others: Vec<_> = texts(other, lower).map(|text| pattern_pieces(&text)).collect();
    texts(one, lower).all(|text| {
        let pieces = pattern_pieces(&text);
        !others.iter().any(|other| overlap(&pieces, other))
    })
}

/// Every text that one asks for is excluded by the other.
fn all_excluded(one: &Condition, excluded: &Condition) -> bool {
    if ignores_case(one) && !ignores_case(excluded) {
        return false;
    }
    let lower = ignores_case(excluded);
    let syntax = Syntax { wildcards: reads_wildcards(excluded), variables: false };
    let patterns: Vec<(String, Pattern)> = texts(excluded, lower)
        .map(|text| (text.clone(), Pattern::compile(&text, syntax)))
        .collect();
    texts(one, lower).all(|text| {
        let open = text.contains("${") || (reads_wildcards(one) && text.contains(['*', '?']));
        patterns.iter().any(|(written, pattern)| {
            *written == text
                || pattern.matches_everything()
                || (!open && !written.contains("${") && pattern.matches(&text, &Context::new()))
        })
    })
}

/// A value with an order.
#[derive(Clone, Copy)]
enum Point<'a> {
    Number(Number<&'a str>),
    Date(Date),
}

impl Point<'_> {
    /// `None` for a number and a date.
    fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => Some(one.cmp(other)),
            (Self::Date(one), Self::Date(other)) => Some(one.cmp(other)),
            _ => None,
        }
    }
}

/// The values of an ordered condition; `None` where one cannot be read.
fn points(condition: &Condition) -> Option<Vec<Point<'_>>> {
    let date = value_type(condition) == ValueType::Date;
    let read = |text| match date {
        true => Date::parse(text).map(Point::Date),
        false => Number::parse(text).map(Point::Number),
    };
    condition.values.iter().map(|value| read(&value.text)).collect()
}

fn no_point_in_common(one: &Condition, other: &Condition) -> bool {
    let (Some(points_one), Some(points_other)) = (points(one), points(other)) else { return false };
    let pair = |a: &Point<'_>, b: &Point<'_>| meet(one, a, other, b);
    if other.operator.comparison.is_negated() {
        let equals =
            one.operator.comparison.name().ends_with("Equals") && Side::of(one) == Side::At;
        let excluded =
            |a: &Point<'_>| points_other.iter().any(|b| a.compare(b) == Some(Ordering::Equal));
        return equals && points_one.iter().all(excluded);
    }
    !points_one.iter().any(|a| points_other.iter().any(|b| pair(a, b)))
}

/// Where a comparison wants the value, seen from its own.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Side {
    Below,
    At,
    Above,
}

impl Side {
    fn of(condition: &Condition) -> Self {
        let name = condition.operator.comparison.name();
        match name {
            _ if name.contains("Less") => Self::Below,
            _ if name.contains("Greater") => Self::Above,
            _ => Self::At,
        }
    }
}

/// Whether some value lies where both comparisons want it.
fn meet(one: &Condition, a: &Point<'_>, other: &Condition, b: &Point<'_>) -> bool {
    let inclusive = [one, other]
        .iter()
        .all(|condition| condition.operator.comparison.name().ends_with("Equals"));
    let Some(order) = a.compare(b) else { return true };
    match (Side::of(one), Side::of(other)) {
        (Side::Below, Side::Below) | (Side::Above, Side::Above) => true,
        (Side::At, Side::At) => order.is_eq(),
        // The first must be above `a` or at it, and the other below `b` or at it.
        (Side::Above | Side::At, Side::Below) | (Side::Above, Side::At) => {
            order.is_lt() || (order.is_eq() && inclusive)
        }
        (Side::Below, Side::Above | Side::At) | (Side::At, Side::Above) => {
            order.is_gt() || (order.is_eq() && inclusive)
        }
    }
}

fn no_truth_in_common(one: &Condition, other: &Condition) -> bool {
    let read = |condition: &Condition| -> Vec<bool> {
        condition.values.iter().filter_map(|value| read_bool(&value.text)).collect()
    };
    let (one, other) = (read(one), read(other));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|truth| other.contains(truth))
}

fn no_address_in_common(one: &Condition, other: &Condition) -> bool {
    let read = |condition: &Condition| -> Option<Vec<IpRange>> {
        condition.values.iter().map(|value| IpRange::parse(&value.text)).collect()
    };
    let (Some(ranges), Some(others)) = (read(one), read(other)) else { return false };
    let negated = other.operator.comparison.is_negated();
    ranges.iter().all(|range| {
        let within = others.iter().any(|other| other.includes(range));
        let meets = within || others.iter().any(|other| range.includes(other));
        if negated { within } else { !meets }
    })
}
