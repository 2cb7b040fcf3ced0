//! A wildcard in a value that is compared letter by letter.
//!
//! `StringEquals` with `team-*` matches only the text with the star in it. The ARN operators read
//! wildcards, also `ArnEquals`.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition operators".

use crate::document::{Comparison, Condition};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "wildcard-without-like",
    title: "a value has a wildcard, and its operator reads none",
    severity: Severity::Warning,
    analyzer: Some("WILDCARD_WITHOUT_LIKE_OPERATOR"),
    page: "IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    check: Check::Condition(check),
};

fn check(_: &Subject<'_>, condition: &Condition, found: &mut Findings) {
    use Comparison as C;
    let like = match condition.operator.comparison {
        C::StringEquals | C::StringEqualsIgnoreCase => C::StringLike,
        C::StringNotEquals | C::StringNotEqualsIgnoreCase => C::StringNotLike,
        _ => return,
    };
    let meant = crate::document::Operator { comparison: like, ..condition.operator };
    for value in condition.values.iter().filter(|value| has_wildcard(&value.text)) {
        found.say(
            value.span,
            format!(
                "`{}` reads no wildcards, so it matches only `{}` itself",
                condition.operator,
                shown(&value.text)
            ),
            format!("use `{meant}`"),
        );
    }
}

/// A wildcard that is not escaped as `${*}` or `${?}`.
fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?']) && text.replace("${*}", "").replace("${?}", "").contains(['*', '?'])
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::{check_condition, said};

    #[test]
    fn wildcards_that_are_not_read() {
        let condition = r#"{"StringEquals":{"s3:prefix":["home/*","home/"]}}"#;
        check_condition(&RULE, "s3:ListBucket", condition, &["home/*"]);
        let statement = r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"ForAnyValue:StringNotEqualsIfExists":{"aws:TagKeys":"a?"}}}"#;
        assert_eq!(said(&RULE, statement).1, "use `ForAnyValue:StringNotLikeIfExists`");
    }

    #[test]
    fn wildcards_that_are_read_or_meant() {
        check_condition(&RULE, "s3:ListBucket", r#"{"StringLike":{"s3:prefix":"home/*"}}"#, &[]);
        check_condition(
            &RULE,
            "s3:ListBucket",
            r#"{"ArnEquals":{"aws:SourceArn":"arn:aws:s3:::*"}}"#,
            &[],
        );
        check_condition(&RULE, "s3:ListBucket", r#"{"StringEquals":{"s3:prefix":"a${*}b"}}"#, &[]);
    }
}
