//! A policy of version `2008-10-17`, or of no version, which means that one.
//!
//! It works, without variables and whatever else AWS has added to the language since.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Version".

use crate::document::Version;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Policy;
use sekisho_tree::{Severity, Span};

pub(super) static RULE: Rule = Rule {
    id: "old-version",
    title: "a policy has no version, or an old one",
    severity: Severity::Note,
    analyzer: Some("MISSING_VERSION"),
    page: "IAM/latest/UserGuide/reference_policies_elements_version.html",
    check: Check::Policy(check),
};

fn check(policy: &Policy<'_>, found: &mut Findings) {
    if policy.document.version == Version::V2008 {
        let Span { start, end } = policy.document.span;
        found.say(
            // The version may not be there to be pointed at: where the policy begins.
            Span { start, end: end.min(start + 1) },
            "this policy is of version `2008-10-17`, which is also meant where there is none: \
             it has no variables",
            "write `\"Version\": \"2012-10-17\"`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::document::PolicyKind;
    use crate::validate::check::check_policy;

    #[test]
    fn old_and_new_policies() {
        let policy = |version: &str| {
            format!(
                r#"{{{version}"Statement":{{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}}}"#
            )
        };
        check_policy(&RULE, PolicyKind::RoleInline, &policy(""), &["{"]);
        check_policy(&RULE, PolicyKind::RoleInline, &policy(r#""Version":"2008-10-17","#), &["{"]);
        check_policy(&RULE, PolicyKind::RoleInline, &policy(r#""Version":"2012-10-17","#), &[]);
    }
}
