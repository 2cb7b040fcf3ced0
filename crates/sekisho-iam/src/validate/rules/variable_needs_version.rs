//! `${…}` in a policy of version `2008-10-17`, or of no version, which means that one.
//!
//! There `${aws:username}` is these fifteen characters and no variable: an Allow with it matches
//! nothing, and a Deny denies nothing.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Version".

use super::texts_with_variables;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::variable::variables;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "variable-needs-version",
    title: "`${…}` is literal text in a policy of this version",
    severity: Severity::Warning,
    analyzer: Some("VARIABLE_UNSUPPORTED_IN_VERSION"),
    page: "IAM/latest/UserGuide/reference_policies_elements_version.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    if subject.variables {
        return;
    }
    for text in texts_with_variables(subject.statement) {
        if variables(&text.text).next().is_some() {
            found.say(
                text.span,
                format!(
                    "`{}` is taken literally: policies of this version have no variables",
                    shown(&text.text)
                ),
                "write `\"Version\": \"2012-10-17\"`",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::document::PolicyKind;
    use crate::validate::check::check_policy;

    const STATEMENT: &str = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${aws:username}/*"}"#;

    #[test]
    fn variables_of_old_policies() {
        for version in [r#""Version":"2008-10-17","#, ""] {
            let policy = format!(r#"{{{version}"Statement":{STATEMENT}}}"#);
            check_policy(
                &RULE,
                PolicyKind::RoleInline,
                &policy,
                &["arn:aws:s3:::b/${aws:username}/*"],
            );
        }
    }

    #[test]
    fn variables_of_new_policies() {
        let policy = format!(r#"{{"Version":"2012-10-17","Statement":{STATEMENT}}}"#);
        check_policy(&RULE, PolicyKind::RoleInline, &policy, &[]);
    }
}
