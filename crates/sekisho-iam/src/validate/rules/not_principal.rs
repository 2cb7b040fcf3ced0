//! `NotPrincipal` in a Deny.
//!
//! Everybody but the named is denied, and "the named" must list the account and every form of the
//! caller (role and session), or they are denied too. AWS advises against it. With Allow AWS does
//! not support it, which the reader says.
//!
//! Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal".

use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "not-principal",
    title: "`NotPrincipal` denies everybody else, often more than was meant",
    severity: Severity::Note,
    analyzer: None,
    page: "IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let negated = subject.statement.principals.as_ref().filter(|principals| principals.negated);
    if let Some(principals) = negated {
        found.say(
            principals.span,
            "`NotPrincipal` also denies the named ones where their account or session is not \
             listed",
            "write `\"Principal\": \"*\"` with `ArnNotEquals` on `aws:PrincipalArn`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::document::PolicyKind;
    use crate::validate::check::check_kind;

    #[test]
    fn denied_but_for_the_named() {
        let statement = |element: &str| {
            format!(
                r#"{{"Effect":"Deny","{element}":{{"AWS":"111122223333"}},"Action":"s3:*","Resource":"arn:aws:s3:::b/*"}}"#
            )
        };
        check_kind(
            &RULE,
            PolicyKind::Bucket,
            &statement("NotPrincipal"),
            &[r#"{"AWS":"111122223333"}"#],
        );
        check_kind(&RULE, PolicyKind::Bucket, &statement("Principal"), &[]);
    }
}
