//! A principal that cannot assume the role with the actions of its statement.
//!
//! AWS principals and services call `sts:AssumeRole`, users of a SAML provider
//! `sts:AssumeRoleWithSAML`, those of any other provider `sts:AssumeRoleWithWebIdentity`.
//!
//! Source: AWS STS API Reference, "AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity";
//! IAM User Guide, "Create a role for a third-party identity provider".

use crate::document::{PolicyKind, Principal, PrincipalKind};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "trust-action",
    title: "a principal assumes roles with another action than the statement allows",
    severity: Severity::Error,
    analyzer: None,
    page: "IAM/latest/UserGuide/id_roles_create_for-idp.html",
    check: Check::Statement(check),
};

const ASSUME: &str = "sts:AssumeRole";
const SAML: &str = "sts:AssumeRoleWithSAML";
const WEB: &str = "sts:AssumeRoleWithWebIdentity";

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let allowed: Vec<&str> =
        [ASSUME, SAML, WEB].into_iter().filter(|action| subject.covers(action)).collect();
    if subject.kind != PolicyKind::Trust || !subject.allows() || allowed.is_empty() {
        return;
    }
    for principal in subject.principals() {
        let needed = needed(principal);
        if !allowed.contains(&needed) {
            found.say(
                principal.value.span,
                format!(
                    "`{}` assumes roles with `{needed}`, which this statement does not allow",
                    shown(&principal.value.text)
                ),
                format!(
                    "write `\"Action\": \"{needed}\"`, in a statement of its own if others need \
                     another one"
                ),
            );
        }
    }
}

/// The action with which this principal assumes a role.
fn needed(principal: &Principal) -> &'static str {
    match principal.kind {
        PrincipalKind::Federated if principal.value.text.contains(":saml-provider/") => SAML,
        PrincipalKind::Federated => WEB,
        _ => ASSUME,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::document::PolicyKind;
    use crate::validate::check::check_kind;

    const SAML: &str = r#""Federated":"arn:aws:iam::111122223333:saml-provider/corp""#;
    const WEB: &str = r#""Federated":"arn:aws:iam::111122223333:oidc-provider/login.example.com""#;
    const SERVICE: &str = r#""Service":"codebuild.amazonaws.com""#;

    fn trust(principal: &str, action: &str, wrong: bool) {
        let statement =
            format!(r#"{{"Effect":"Allow","Principal":{{{principal}}},"Action":{action}}}"#);
        let value = principal.split('"').nth(3).unwrap();
        check_kind(
            &RULE,
            PolicyKind::Trust,
            &statement,
            if wrong { std::slice::from_ref(&value) } else { &[] },
        );
    }

    #[test]
    fn each_principal_has_its_action() {
        trust(SAML, r#""sts:AssumeRole""#, true);
        trust(SAML, r#"["sts:AssumeRoleWithSAML","sts:TagSession"]"#, false);
        trust(WEB, r#""sts:AssumeRoleWithSAML""#, true);
        trust(WEB, r#""sts:AssumeRoleWithWebIdentity""#, false);
        trust(WEB, r#""sts:AssumeRole*""#, false);
        trust(SERVICE, r#""sts:AssumeRoleWithWebIdentity""#, true);
        trust(SERVICE, r#"["sts:AssumeRole","sts:TagSession"]"#, false);
        trust(SAML, r#""sts:TagSession""#, false);
    }
}
