//! A key with many values compared without `ForAnyValue:` or `ForAllValues:`.
//!
//! Without one IAM does not know whether one value or all of them must match.
//!
//! `events:detail-type` is left alone: a rule has one, and AWS's own managed policies compare it
//! so.
//!
//! Source: IAM User Guide, "Single-valued vs. multivalued context keys" and "Set operators for
//! multivalued context keys".

use crate::document::{Comparison, Condition};
use crate::knowledge::Knowledge;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "missing-set-operator",
    title: "a key with many values is compared without `ForAnyValue` or `ForAllValues`",
    severity: Severity::Error,
    analyzer: Some("MISSING_QUALIFIER"),
    page: "IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    check: Check::Condition(check),
};

fn check(_: &Subject<'_>, condition: &Condition, found: &mut Findings) {
    let operator = condition.operator;
    if operator.set.is_some() || operator.comparison == Comparison::Null {
        return;
    }
    let key = Knowledge::get().condition_key(&condition.key.text);
    if key.is_some_and(|key| key.multivalued && key.name != "events:detail-type") {
        let name = shown(&condition.key.text);
        found.say(
            condition.operator_span,
            format!("`{name}` can have several values, and `{operator}` compares one"),
            format!(
                "write `ForAnyValue:{operator}` (one must match) or `ForAllValues:{operator}` \
                 (all must, or there are none)"
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check_condition;

    #[test]
    fn many_values_need_a_set_operator() {
        let condition = r#"{"StringEquals":{"aws:TagKeys":"team"}}"#;
        check_condition(&RULE, "ec2:CreateTags", condition, &["StringEquals"]);
    }

    #[test]
    fn set_operators_null_and_single_values() {
        for condition in [
            r#"{"ForAnyValue:StringEquals":{"aws:TagKeys":"team"}}"#,
            r#"{"Null":{"aws:TagKeys":"false"}}"#,
            r#"{"StringEquals":{"aws:RequestTag/team":"x"}}"#,
            r#"{"StringEquals":{"events:detail-type":"x"}}"#,
        ] {
            check_condition(&RULE, "ec2:CreateTags", condition, &[]);
        }
    }
}
