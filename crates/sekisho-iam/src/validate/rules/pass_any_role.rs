//! `iam:PassRole` for every role, to every service.
//!
//! Whoever may pass any role to a service that runs their code has the permissions of every role in
//! the account.
//!
//! Source: IAM User Guide, "Grant a user permissions to pass a role to an AWS service".

use crate::arn::Arn;
use crate::validate::action::Named;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "pass-any-role",
    title: "every role may be passed to every service",
    severity: Severity::Warning,
    analyzer: Some("PASS_ROLE_WITH_STAR_IN_RESOURCE, PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE"),
    page: "IAM/latest/UserGuide/id_roles_use_passrole.html",
    check: Check::Statement(check),
};

/// The keys that limit what a role is passed to.
const LIMITS: [&str; 2] = ["iam:PassedToService", "iam:AssociatedResourceArn"];

fn check(subject: &Subject<'_>, found: &mut Findings) {
    // What allows everything is said by `full-access`.
    let everything = subject.terms.iter().any(|term| matches!(term.named, Named::Everything));
    let limited = LIMITS.iter().any(|key| subject.conditions_on(key).next().is_some());
    if !subject.grants_identity() || everything || limited || !subject.covers("iam:PassRole") {
        return;
    }
    for resource in subject.resources().iter().filter(|one| is_every_role(&one.text)) {
        found.say(
            resource.span,
            format!(
                "`{}` lets every role be passed to every service: whoever has this can act as \
                 any of them",
                shown(&resource.text)
            ),
            "name the roles, and add a condition on `iam:PassedToService`",
        );
    }
}

fn is_every_role(text: &str) -> bool {
    text == "*"
        || Arn::parse(text).is_some_and(|arn| matches!(arn.resource, "*" | "role/*" | "role*"))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::document::PolicyKind;
    use crate::validate::check::{check, check_kind};

    fn pass(resource: &str, more: &str) -> String {
        format!(
            r#"{{"Effect":"Allow","Action":["iam:PassRole","iam:GetRole"],"Resource":"{resource}"{more}}}"#
        )
    }

    #[test]
    fn every_role() {
        for resource in ["*", "arn:aws:iam::111122223333:role/*"] {
            check(&RULE, &pass(resource, ""), &[resource]);
        }
        check(&RULE, r#"{"Effect":"Allow","Action":"iam:*","Resource":"*"}"#, &["*"]);
    }

    #[test]
    fn some_roles_or_some_services() {
        let condition =
            r#","Condition":{"StringEquals":{"iam:PassedToService":"ecs-tasks.amazonaws.com"}}"#;
        check(&RULE, &pass("*", condition), &[]);
        check(&RULE, &pass("arn:aws:iam::111122223333:role/build-*", ""), &[]);
        check_kind(&RULE, PolicyKind::Scp, &pass("*", ""), &[]);
        check(&RULE, r#"{"Effect":"Deny","Action":"iam:PassRole","Resource":"*"}"#, &[]);
    }
}
