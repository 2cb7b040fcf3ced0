//! A Deny that also hits requests which do not carry its key.
//!
//! `StringNotEquals` and its kin, `…IfExists` and `ForAllValues` hold where the key is absent. The
//! classic trap is "deny uploads that are not encrypted with this key": an upload that relies on
//! the bucket's default encryption sends no `s3:x-amz-server-side-encryption…` header, and is
//! denied.
//!
//! Global keys are left alone: for `aws:SourceVpce` or `aws:PrincipalOrgID` denying is what is
//! meant.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition operators" (negated matching, and
//! `…IfExists`); Amazon S3 User Guide, "Protecting data with server-side encryption".

use crate::document::{Condition, Effect};
use crate::knowledge::Knowledge;
use crate::validate::logic::holds_when_absent;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "deny-without-key",
    title: "a Deny also hits requests that do not carry the key",
    severity: Severity::Warning,
    analyzer: None,
    page: "IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    check: Check::Condition(check),
};

/// The keys of headers that clients may leave out because the resource has a default.
const DEFAULTED: &str = "s3:x-amz-server-side-encryption";

fn check(subject: &Subject<'_>, condition: &Condition, found: &mut Findings) {
    let key = &*condition.key.text;
    let hits = subject.statement.effect == Effect::Deny
        && holds_when_absent(condition.operator)
        && key.get(..DEFAULTED.len()).is_some_and(|head| head.eq_ignore_ascii_case(DEFAULTED))
        && Knowledge::get().condition_key(key).is_some()
        && !subject.demands(key);
    if hits {
        let key = shown(key);
        found.say(
            condition.operator_span,
            format!(
                "`{}` also holds for uploads without this header, so those that rely on the \
                 bucket's default encryption are denied",
                condition.operator
            ),
            format!(
                "add `\"Null\": {{\"{key}\": \"false\"}}` to deny only uploads that send \
                 another value"
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check;

    fn deny(effect: &str, conditions: &str) -> String {
        format!(
            r#"{{"Effect":"{effect}","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/*","Condition":{{{conditions}}}}}"#
        )
    }

    #[test]
    fn uploads_without_header_are_denied() {
        for operator in ["StringNotEquals", "ArnNotEqualsIfExists", "StringEqualsIfExists"] {
            let condition = format!(
                r#""{operator}":{{"s3:x-amz-server-side-encryption-aws-kms-key-id":"arn:aws:kms:eu-west-1:111122223333:key/1"}}"#
            );
            check(&RULE, &deny("Deny", &condition), &[operator]);
        }
    }

    #[test]
    fn where_the_header_must_be_there_or_nothing_is_denied() {
        let condition = r#""StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}"#;
        check(&RULE, &deny("Allow", condition), &[]);
        let null = format!(r#"{condition},"Null":{{"s3:x-amz-server-side-encryption":"false"}}"#);
        check(&RULE, &deny("Deny", &null), &[]);
        check(
            &RULE,
            &deny("Deny", r#""StringEquals":{"s3:x-amz-server-side-encryption":"AES256"}"#),
            &[],
        );
        check(&RULE, &deny("Deny", r#""StringNotEquals":{"aws:SourceVpce":"vpce-1"}"#), &[]);
    }
}
