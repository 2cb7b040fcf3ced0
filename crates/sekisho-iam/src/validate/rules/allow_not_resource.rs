//! An Allow with `NotResource`: every resource but the listed, also those that are made later.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: NotResource".

use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "allow-not-resource",
    title: "an Allow has `NotResource`",
    severity: Severity::Warning,
    analyzer: Some("PASS_ROLE_WITH_NOTRESOURCE"),
    page: "IAM/latest/UserGuide/reference_policies_elements_notresource.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let negated = subject.statement.resources.as_ref().filter(|resources| resources.negated);
    if let Some(resources) = negated.filter(|_| subject.allows()) {
        found.say(
            resources.span,
            "`NotResource` allows the actions on every other resource, also on those made later",
            "list the resources in `Resource`, or deny these with `Deny`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check;

    #[test]
    fn allowed_but_on_the_listed() {
        check(
            &RULE,
            r#"{"Effect":"Allow","Action":"s3:*","NotResource":"arn:aws:s3:::b"}"#,
            &["arn:aws:s3:::b"],
        );
        check(&RULE, r#"{"Effect":"Deny","Action":"s3:*","NotResource":"arn:aws:s3:::b"}"#, &[]);
        check(&RULE, r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b"}"#, &[]);
    }
}
