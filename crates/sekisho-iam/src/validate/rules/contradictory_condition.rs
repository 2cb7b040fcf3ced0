//! Two conditions of a statement that no request satisfies together.
//!
//! Conditions are joined by AND: `StringEquals` with `a` and `StringLike` with `b*` on the same key
//! leave nothing, nor does `Null` with `true` beside an operator that needs the key.
//!
//! Source: IAM User Guide, "Conditions with multiple context keys or values".

use crate::document::{Comparison, Condition};
use crate::knowledge::Knowledge;
use crate::validate::logic::contradict;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;
use std::collections::BTreeMap;

pub(super) static RULE: Rule = Rule {
    id: "contradictory-condition",
    title: "two conditions of a statement never hold together",
    severity: Severity::Error,
    analyzer: None,
    page: "IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html",
    check: Check::Statement(check),
};

/// How many conditions on one key are held against each other. There are 27 operators, and no real
/// statement uses more than four on a key.
const CONDITIONS_MAX: usize = 16;

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let mut keys: BTreeMap<String, Vec<&Condition>> = BTreeMap::new();
    for condition in &subject.statement.conditions {
        let same = keys.entry(condition.key.text.to_ascii_lowercase()).or_default();
        if same.len() < CONDITIONS_MAX {
            same.push(condition);
        }
    }
    for (key, conditions) in keys.iter().filter(|(_, conditions)| conditions.len() > 1) {
        let multivalued = Knowledge::get().condition_key(key).is_some_and(|key| key.multivalued);
        if let Some((one, other)) = first_pair(conditions, multivalued, found) {
            found.say(
                other.key.span,
                format!(
                    "this statement never matches: `{}` and `{}` never both hold for `{}`",
                    one.operator,
                    other.operator,
                    shown(&other.key.text)
                ),
                "conditions are joined by AND: put alternatives into the values of one \
                 condition, or into two statements",
            );
        }
    }
}

fn first_pair<'a>(
    conditions: &[&'a Condition],
    multivalued: bool,
    found: &mut Findings,
) -> Option<(&'a Condition, &'a Condition)> {
    conditions.iter().enumerate().find_map(|(at, other)| {
        let mut before = conditions.iter().take(at);
        // What a single value cannot satisfy, several may.
        let one = before.find(|one| {
            let about_presence =
                [**one, *other].iter().any(|one| one.operator.comparison == Comparison::Null);
            (about_presence || !multivalued) && contradict(one, other, found)
        })?;
        Some((*one, *other))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check_condition;

    fn contradicts(condition: &str, expected: bool) {
        let key = condition.split('"').nth(3).unwrap();
        let expected = if expected { std::slice::from_ref(&key) } else { &[] };
        check_condition(&RULE, "*", &format!("{{{condition}}}"), expected);
    }

    #[test]
    fn texts() {
        for (condition, expected) in [
            (r#""StringEquals":{"aws:userid":"a"},"StringLike":{"aws:userid":"b*"}"#, true),
            (r#""StringEquals":{"aws:userid":["a","bc"]},"StringLike":{"aws:userid":"b*"}"#, false),
            (
                r#""StringEquals":{"aws:userid":"a"},"StringNotEquals":{"aws:userid":["b","a"]}"#,
                true,
            ),
            (
                r#""StringEquals":{"aws:userid":["a","c"]},"StringNotEquals":{"aws:userid":"a"}"#,
                false,
            ),
            (
                r#""StringNotLike":{"aws:userid":"a*"},"StringEquals":{"aws:userid":["ab","ac"]}"#,
                true,
            ),
            (r#""StringNotLike":{"aws:userid":"a?"},"StringLike":{"aws:userid":"a*"}"#, false),
            (
                r#""StringEquals":{"aws:userid":"A"},"StringEqualsIgnoreCase":{"aws:userid":"a"}"#,
                false,
            ),
            (
                r#""StringEquals":{"aws:userid":"A"},"StringNotEqualsIgnoreCase":{"aws:userid":"a"}"#,
                true,
            ),
            (
                r#""StringNotEquals":{"aws:userid":"A"},"StringEqualsIgnoreCase":{"aws:userid":"A"}"#,
                false,
            ),
            (
                r#""StringEquals":{"aws:userid":"${aws:username}"},"StringLike":{"aws:userid":"b*"}"#,
                false,
            ),
            (r#""StringNotEquals":{"aws:userid":"a"},"StringNotLike":{"aws:userid":"*"}"#, false),
            (
                r#""ArnLike":{"aws:SourceArn":"arn:aws:s3:::*"},"ArnEquals":{"aws:SourceArn":"arn:aws:sns:eu-west-1:111122223333:t"}"#,
                true,
            ),
            (
                r#""StringEqualsIfExists":{"aws:userid":"a"},"StringLikeIfExists":{"aws:userid":"b"}"#,
                false,
            ),
            (r#""StringEqualsIfExists":{"aws:userid":"a"},"StringLike":{"aws:userid":"b"}"#, true),
        ] {
            contradicts(condition, expected);
        }
    }

    #[test]
    fn numbers_dates_truths_and_addresses() {
        for (condition, expected) in [
            (
                r#""NumericLessThan":{"s3:max-keys":"5"},"NumericGreaterThan":{"s3:max-keys":"10"}"#,
                true,
            ),
            (
                r#""NumericLessThan":{"s3:max-keys":"10"},"NumericGreaterThan":{"s3:max-keys":"5"}"#,
                false,
            ),
            (
                r#""NumericLessThan":{"s3:max-keys":"5"},"NumericGreaterThanEquals":{"s3:max-keys":"5"}"#,
                true,
            ),
            (
                r#""NumericLessThanEquals":{"s3:max-keys":"5"},"NumericGreaterThanEquals":{"s3:max-keys":"5.0"}"#,
                false,
            ),
            (
                r#""NumericEquals":{"s3:max-keys":["5","7"]},"NumericNotEquals":{"s3:max-keys":["5.0","7"]}"#,
                true,
            ),
            (
                r#""NumericEquals":{"s3:max-keys":["5","7"]},"NumericGreaterThan":{"s3:max-keys":"6"}"#,
                false,
            ),
            (
                r#""NumericNotEquals":{"s3:max-keys":"5"},"NumericGreaterThan":{"s3:max-keys":"5"}"#,
                false,
            ),
            (
                r#""DateGreaterThan":{"aws:CurrentTime":"2026-07-01"},"DateLessThan":{"aws:CurrentTime":"2026-06-30"}"#,
                true,
            ),
            (
                r#""DateGreaterThan":{"aws:CurrentTime":"2026-06-01"},"DateLessThan":{"aws:CurrentTime":"2026-06-30"}"#,
                false,
            ),
            (
                r#""Bool":{"aws:SecureTransport":"true"},"BoolIfExists":{"aws:SecureTransport":"false"}"#,
                true,
            ),
            (
                r#""IpAddress":{"aws:SourceIp":"203.0.113.0/24"},"NotIpAddress":{"aws:SourceIp":"203.0.0.0/16"}"#,
                true,
            ),
            (
                r#""IpAddress":{"aws:SourceIp":"203.0.0.0/16"},"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}"#,
                false,
            ),
        ] {
            contradicts(condition, expected);
        }
    }

    #[test]
    fn presence() {
        for (condition, expected) in [
            (r#""Null":{"aws:userid":"true"},"StringEquals":{"aws:userid":"a"}"#, true),
            (r#""Null":{"aws:userid":"true"},"StringNotEquals":{"aws:userid":"a"}"#, false),
            (r#""Null":{"aws:userid":"false"},"StringEquals":{"aws:userid":"a"}"#, false),
            (
                r#""Null":{"aws:TagKeys":"true"},"ForAnyValue:StringEquals":{"aws:TagKeys":"a"}"#,
                true,
            ),
            (
                r#""Null":{"aws:TagKeys":"true"},"ForAllValues:StringEquals":{"aws:TagKeys":"a"}"#,
                false,
            ),
            (
                r#""ForAnyValue:StringEquals":{"aws:TagKeys":"a"},"ForAnyValue:StringLike":{"aws:TagKeys":"b"}"#,
                false,
            ),
        ] {
            contradicts(condition, expected);
        }
    }
}
