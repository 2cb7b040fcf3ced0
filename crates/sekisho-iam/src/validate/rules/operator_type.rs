//! An operator that does not fit the type of its key: `StringEquals` on `aws:SourceIp`.
//!
//! IAM compares the texts as the operator says and not as the key needs: `StringEquals` with
//! `10.0.0.0/8` never equals an address. ARNs may be compared as strings, and strings that hold
//! ARNs with the ARN operators.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition operators".

use crate::document::{Comparison, Condition, ValueType};
use crate::knowledge::{ConditionKeyType as Type, Knowledge};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "operator-type",
    title: "a condition operator does not fit the type of its key",
    severity: Severity::Warning,
    analyzer: Some("TYPE_MISMATCH"),
    page: "IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    check: Check::Condition(check),
};

fn check(_: &Subject<'_>, condition: &Condition, found: &mut Findings) {
    let Some(key) = Knowledge::get().condition_key(&condition.key.text) else { return };
    let comparison = condition.operator.comparison;
    let epoch = key.name == "aws:EpochTime" && comparison.value_type() == ValueType::Numeric;
    if epoch || fits(comparison, key.value_type) {
        return;
    }
    let (what, operators) = wanted(key.value_type);
    found.say(
        condition.operator_span,
        format!(
            "`{}` holds {what}, which `{}` does not compare",
            shown(&condition.key.text),
            comparison.name()
        ),
        format!("use {operators}"),
    );
}

fn fits(comparison: Comparison, key: Type) -> bool {
    match comparison.value_type() {
        ValueType::Null | ValueType::Binary => true,
        ValueType::String | ValueType::Arn => matches!(key, Type::String | Type::Arn),
        ValueType::Bool => key == Type::Bool,
        ValueType::Numeric => key == Type::Numeric,
        ValueType::Date => key == Type::Date,
        ValueType::IpAddress => key == Type::IpAddress,
    }
}

/// What a key of this type holds, and the operators for it.
fn wanted(key: Type) -> (&'static str, &'static str) {
    match key {
        Type::String => ("text", "`StringEquals` or `StringLike`"),
        Type::Arn => ("an ARN", "`ArnEquals`, `ArnLike` or a string operator"),
        Type::Bool => ("`true` or `false`", "`Bool`"),
        Type::Numeric => ("a number", "`NumericEquals` and its kin"),
        Type::Date => ("a date", "`DateLessThan` and its kin"),
        Type::IpAddress => ("an IP address", "`IpAddress` or `NotIpAddress`"),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check_condition;

    fn condition(operator: &str, key: &str, value: &str) -> String {
        format!(r#"{{"{operator}":{{"{key}":"{value}"}}}}"#)
    }

    #[test]
    fn operators_of_another_type() {
        for (operator, key, value) in [
            ("StringEquals", "aws:SourceIp", "203.0.113.7"),
            ("StringEquals", "aws:SecureTransport", "true"),
            ("StringEquals", "aws:MultiFactorAuthAge", "3600"),
            ("StringLike", "aws:CurrentTime", "2026*"),
            ("Bool", "aws:PrincipalOrgID", "true"),
            ("NumericEquals", "aws:PrincipalAccount", "111122223333"),
            ("IpAddress", "aws:SourceArn", "203.0.113.7"),
            ("NumericLessThan", "aws:CurrentTime", "1"),
        ] {
            check_condition(&RULE, "s3:GetObject", &condition(operator, key, value), &[operator]);
        }
    }

    #[test]
    fn operators_that_fit() {
        for (operator, key, value) in [
            ("StringLike", "aws:SourceArn", "arn:aws:s3:::*"),
            ("ArnLike", "kms:EncryptionContext:aws:logs:arn", "arn:aws:logs:*:*:*"),
            ("NotIpAddress", "aws:SourceIp", "203.0.113.7"),
            ("Null", "aws:SecureTransport", "true"),
            ("NumericLessThan", "aws:EpochTime", "1"),
            ("ForAnyValue:StringEquals", "aws:TagKeys", "x"),
            ("StringEquals", "unknown:key", "x"),
        ] {
            check_condition(&RULE, "s3:GetObject", &condition(operator, key, value), &[]);
        }
    }
}
