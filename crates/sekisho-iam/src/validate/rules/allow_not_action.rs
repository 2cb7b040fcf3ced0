//! An Allow with `NotAction`: everything but the listed, today's services and tomorrow's.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: NotAction".

use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "allow-not-action",
    title: "an Allow has `NotAction`",
    severity: Severity::Warning,
    analyzer: None,
    page: "IAM/latest/UserGuide/reference_policies_elements_notaction.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    if subject.allows() && subject.statement.actions.negated {
        found.say(
            subject.statement.actions.span,
            "`NotAction` allows every other action of every service, also of those that AWS adds",
            "list what is needed in `Action`, or deny what is not with `Deny`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check;

    #[test]
    fn allowed_but_for_the_listed() {
        check(&RULE, r#"{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}"#, &["iam:*"]);
        check(&RULE, r#"{"Effect":"Deny","NotAction":"iam:*","Resource":"*"}"#, &[]);
        check(&RULE, r#"{"Effect":"Allow","Action":"iam:*","Resource":"*"}"#, &[]);
    }
}
