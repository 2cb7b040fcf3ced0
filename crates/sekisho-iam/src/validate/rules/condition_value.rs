//! A value that is not of the operator's type: `Bool` with `yes`.
//!
//! IAM stores such values (only dates are read when a policy is written), and they never match.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition operators".

use crate::arn::Arn;
use crate::condition::{date::Date, ip::IpRange, is_base64, number::Number, read_bool};
use crate::document::{Comparison, Condition, ValueType};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "condition-value",
    title: "a value is not of the type that its operator compares",
    severity: Severity::Error,
    analyzer: Some(
        "TYPE_MISMATCH_ARN, TYPE_MISMATCH_BOOLEAN, TYPE_MISMATCH_DATE, TYPE_MISMATCH_IP_RANGE, \
         TYPE_MISMATCH_NUMBER, TYPE_MISMATCH_STRING",
    ),
    page: "IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    check: Check::Condition(check),
};

fn check(_: &Subject<'_>, condition: &Condition, found: &mut Findings) {
    let operator = condition.operator;
    let Some((what, example)) = wanted(operator.comparison) else { return };
    for value in &condition.values {
        if fits(operator.comparison, &value.text) {
            continue;
        }
        let variable = !operator.comparison.takes_variables() && value.text.contains("${");
        let help = match variable {
            true => "variables are read with string and ARN operators only".to_owned(),
            false => format!("write {example}"),
        };
        let written = shown(&value.text);
        found.say(
            value.span,
            format!("`{written}` is not {what}, so `{operator}` never matches it"),
            help,
        );
    }
}

/// What the values of an operator are, and an example. String operators take anything.
fn wanted(comparison: Comparison) -> Option<(&'static str, &'static str)> {
    Some(match comparison.value_type() {
        ValueType::String => return None,
        ValueType::Bool | ValueType::Null => ("`true` or `false`", "`\"true\"` or `\"false\"`"),
        ValueType::Binary => ("base64", "the bytes in base64, padded with `=`"),
        ValueType::IpAddress => ("an IP address or range", "`203.0.113.0/24` or `2001:db8::/32`"),
        ValueType::Arn => (
            "an ARN of six fields",
            "`arn:partition:service:region:account:resource`; wildcards stand within a field",
        ),
        ValueType::Numeric => ("a number", "digits, as in `3600` or `0.5`"),
        ValueType::Date => ("a date of ISO 8601", "`2026-01-31T12:00:00Z`, or seconds since 1970"),
    })
}

fn fits(comparison: Comparison, text: &str) -> bool {
    match comparison.value_type() {
        ValueType::String => true,
        ValueType::Bool | ValueType::Null => read_bool(text).is_some(),
        ValueType::Binary => is_base64(text),
        ValueType::IpAddress => IpRange::parse(text).is_some(),
        ValueType::Arn => is_arn(text),
        ValueType::Numeric => Number::parse(text).is_some(),
        ValueType::Date => Date::parse(text).is_some(),
    }
}

/// An ARN, or `*`. The first field may be a pattern as well: `*:*:s3:::bucket`.
fn is_arn(text: &str) -> bool {
    text == "*"
        || Arn::parse(text).is_some()
        || (text.starts_with('*') && text.matches(':').count() >= 5)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::{check_condition, said};

    #[test]
    fn values_that_match_nothing() {
        for (operator, key, value) in [
            ("Bool", "aws:SecureTransport", "yes"),
            ("Null", "aws:TagKeys", "0"),
            ("NumericLessThan", "aws:MultiFactorAuthAge", "1e3"),
            ("IpAddress", "aws:SourceIp", "10.0.0.0/33"),
            ("ArnLike", "aws:SourceArn", "arn:aws:s3"),
            ("ArnEquals", "aws:PrincipalArn", "111122223333"),
            ("BinaryEquals", "x:y", "?"),
            ("DateLessThan", "aws:CurrentTime", "2026-01-31T12"),
        ] {
            let condition = format!(r#"{{"{operator}":{{"{key}":"{value}"}}}}"#);
            check_condition(&RULE, "s3:GetObject", &condition, &[value]);
        }
    }

    #[test]
    fn a_variable_in_a_number() {
        let statement = r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericEquals":{"s3:max-keys":"${aws:PrincipalTag/max}"}}}"#;
        assert_eq!(
            said(&RULE, statement).1,
            "variables are read with string and ARN operators only"
        );
    }

    #[test]
    fn values_that_fit() {
        for (operator, value) in [
            ("Bool", "TRUE"),
            ("NumericEquals", "-0.5"),
            ("IpAddress", "2001:db8::/32"),
            ("ArnLike", "arn:aws:s3:::*"),
            ("ArnLike", "*"),
            ("BinaryEquals", "QmluYXJ5"),
            ("DateLessThan", "2026-01-31"),
            ("StringEquals", "anything"),
        ] {
            let condition = format!(r#"{{"{operator}":{{"x:y":"{value}"}}}}"#);
            check_condition(&RULE, "s3:GetObject", &condition, &[]);
        }
    }
}
