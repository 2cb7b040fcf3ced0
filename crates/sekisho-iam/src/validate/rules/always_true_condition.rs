//! A condition that holds for every request.
//!
//! It looks like a restriction and is none: `IpAddress` with `0.0.0.0/0`, `StringLikeIfExists` with
//! `*`, `Bool` or `Null` with both `true` and `false`.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition operators".

use crate::condition::{ip::IpRange, read_bool};
use crate::document::{Comparison, Condition, SetPrefix};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "always-true-condition",
    title: "a condition holds for every request",
    severity: Severity::Warning,
    analyzer: Some("INVALID_CONDITION_MULTIPLE_BOOLEAN"),
    page: "IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    check: Check::Condition(check),
};

fn check(_: &Subject<'_>, condition: &Condition, found: &mut Findings) {
    let Some(why) = reason(condition) else { return };
    let (operator, key) = (condition.operator, shown(&condition.key.text));
    found.say(
        condition.key.span,
        format!("`{operator}` on `{key}` restricts nothing: {why}"),
        "remove it, or name the values that are meant",
    );
}

fn reason(condition: &Condition) -> Option<&'static str> {
    use Comparison as C;
    let (operator, mut values) = (condition.operator, condition.values.iter());
    let absent_too = operator.if_exists || operator.set == Some(SetPrefix::ForAllValues);
    match operator.comparison {
        // The reader tells of set operators here.
        C::Null if operator.set.is_none() && has_both(condition) => {
            Some("the key is there, or it is not")
        }
        C::Bool if has_both(condition) => Some("the value is `true` or `false`"),
        C::StringLike | C::ArnLike | C::ArnEquals if absent_too => values
            .any(|value| &*value.text == "*")
            .then_some("`*` is any value, and none is enough"),
        C::IpAddress => {
            let every = |text: &str| IpRange::parse(text).is_some_and(|range| range.is_every());
            values.any(|value| every(&value.text)).then_some("the range is every address")
        }
        _ => None,
    }
}

fn has_both(condition: &Condition) -> bool {
    let has = |truth| condition.values.iter().any(|value| read_bool(&value.text) == Some(truth));
    has(true) && has(false)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check_condition;

    #[test]
    fn conditions_that_restrict_nothing() {
        for (operator, key, values) in [
            ("IpAddress", "aws:SourceIp", r#"["203.0.113.0/24","0.0.0.0/0"]"#),
            ("StringLikeIfExists", "aws:userid", r#""*""#),
            ("ForAllValues:StringLike", "aws:TagKeys", r#"["a","*"]"#),
            ("Bool", "aws:SecureTransport", r#"["true","false"]"#),
            ("Null", "aws:TagKeys", r#"["true","FALSE"]"#),
        ] {
            let condition = format!(r#"{{"{operator}":{{"{key}":{values}}}}}"#);
            check_condition(&RULE, "*", &condition, &[key]);
        }
    }

    #[test]
    fn conditions_that_restrict() {
        for condition in [
            r#"{"StringLike":{"aws:RequestTag/team":"*"}}"#,
            r#"{"NotIpAddress":{"aws:SourceIp":"0.0.0.0/0"}}"#,
            r#"{"Bool":{"aws:SecureTransport":["true","TRUE"]}}"#,
            r#"{"IpAddress":{"aws:SourceIp":"0.0.0.0/1"}}"#,
        ] {
            check_condition(&RULE, "*", condition, &[]);
        }
    }
}
