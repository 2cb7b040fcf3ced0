//! Everybody is let in: `*` as the principal of an Allow without any condition.
//!
//! Resource control policies and endpoint policies only limit, and there `*` is the normal form.
//!
//! Source: IAM User Guide, "AWS JSON policy elements: Principal" (all principals).

use crate::document::{PolicyKind, PrincipalKind};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "public-principal",
    title: "everybody is allowed, without a condition",
    severity: Severity::Warning,
    analyzer: None,
    page: "IAM/latest/UserGuide/reference_policies_elements_principal.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    use PolicyKind as K;
    let grants = matches!(subject.kind, K::Trust | K::Bucket | K::Key | K::Resource);
    if !grants || !subject.allows() || !subject.statement.conditions.is_empty() {
        return;
    }
    let is_everyone = |kind| matches!(kind, PrincipalKind::Everyone | PrincipalKind::Aws);
    for principal in subject.principals() {
        if is_everyone(principal.kind) && &*principal.value.text == "*" {
            found.say(
                principal.value.span,
                "`*` lets in every account, and who has none",
                "name the principals, or add a condition such as `aws:PrincipalOrgID` or \
                 `aws:SourceArn`",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::document::PolicyKind;
    use crate::validate::check::check_kind;

    fn statement(effect: &str, principal: &str, more: &str) -> String {
        format!(
            r#"{{"Effect":"{effect}","Principal":{principal},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"{more}}}"#
        )
    }

    #[test]
    fn everybody() {
        for principal in [r#""*""#, r#"{"AWS":["*"]}"#] {
            check_kind(&RULE, PolicyKind::Bucket, &statement("Allow", principal, ""), &["*"]);
        }
    }

    #[test]
    fn not_everybody_and_limits() {
        let condition = r#","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}"#;
        check_kind(&RULE, PolicyKind::Bucket, &statement("Allow", r#""*""#, condition), &[]);
        check_kind(&RULE, PolicyKind::Bucket, &statement("Deny", r#""*""#, ""), &[]);
        check_kind(
            &RULE,
            PolicyKind::Bucket,
            &statement("Allow", r#"{"AWS":"111122223333"}"#, ""),
            &[],
        );
        check_kind(&RULE, PolicyKind::Endpoint, &statement("Allow", r#""*""#, ""), &[]);
    }
}
