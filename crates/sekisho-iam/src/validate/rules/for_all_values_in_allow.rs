//! `ForAllValues:` in an Allow without a word on requests that lack the key.
//!
//! `ForAllValues` is true where there is nothing to compare: "only these tags" also allows no tags
//! at all, and a request that never carries the key.
//!
//! Source: IAM User Guide, "Set operators for multivalued context keys".

use crate::document::{Condition, SetPrefix};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "for-all-values-in-allow",
    title: "`ForAllValues` in an Allow lets requests without the key in",
    severity: Severity::Warning,
    analyzer: None,
    page: "IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    check: Check::Condition(check),
};

/// Keys that AWS itself compares so: a request without tags has no tags too many, and no grant is
/// made without operations.
const LIMITED: [&str; 2] = ["aws:TagKeys", "kms:GrantOperations"];

fn check(subject: &Subject<'_>, condition: &Condition, found: &mut Findings) {
    let key = &*condition.key.text;
    let all = condition.operator.set == Some(SetPrefix::ForAllValues);
    let limit = LIMITED.iter().any(|limited| key.eq_ignore_ascii_case(limited));
    if all && subject.allows() && !limit && !asks_for_presence(subject, key) {
        let key = shown(key);
        found.say(
            condition.operator_span,
            format!(
                "`{}` is true for requests without `{key}`, which this allows",
                condition.operator
            ),
            format!("add `\"Null\": {{\"{key}\": \"false\"}}`, so that the key must be there"),
        );
    }
}

/// Whether another condition of the statement is false where the request lacks the key.
fn asks_for_presence(subject: &Subject<'_>, key: &str) -> bool {
    let any = |one: &Condition| {
        one.operator.set == Some(SetPrefix::ForAnyValue) && !one.operator.if_exists
    };
    subject.demands(key) || subject.conditions_on(key).any(any)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::{check, check_condition};

    #[test]
    fn absent_keys_pass() {
        let condition = r#"{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":"${aws:userid}"}}"#;
        check_condition(&RULE, "dynamodb:GetItem", condition, &["ForAllValues:StringLike"]);
    }

    #[test]
    fn where_the_key_must_be_there_or_nothing_is_allowed() {
        let condition = r#"{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":"x"},"Null":{"dynamodb:LeadingKeys":"false"}}"#;
        check_condition(&RULE, "dynamodb:GetItem", condition, &[]);
        let condition = r#"{"ForAllValues:StringEquals":{"aws:TagKeys":"team"}}"#;
        check_condition(&RULE, "ec2:CreateTags", condition, &[]);
        check(
            &RULE,
            r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ForAllValues:StringEquals":{"aws:CalledVia":"x"}}}"#,
            &[],
        );
    }
}
