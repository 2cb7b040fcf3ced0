//! A principal written as a unique id: `AROA…`, `AIDA…`.
//!
//! AWS shows such an id where the role or user of a stored policy was deleted. Written by hand it
//! hides who is meant, and a new role of the old name does not have it.
//!
//! Source: IAM User Guide, "IAM identifiers" (unique identifiers) and "AWS JSON policy elements:
//! Principal".

use crate::document::PrincipalKind;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "principal-unique-id",
    title: "a principal is the unique id of a user or role",
    severity: Severity::Warning,
    analyzer: Some("INVALID_ROLE_REFERENCE, INVALID_USER_REFERENCE"),
    page: "IAM/latest/UserGuide/reference_identifiers.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for principal in subject.principals() {
        let text = &*principal.value.text;
        let id = text.starts_with("AROA") || text.starts_with("AIDA");
        if principal.kind == PrincipalKind::Aws && id {
            found.say(
                principal.value.span,
                format!("`{}` is the id of a role or user that was probably deleted", shown(text)),
                "write the ARN of the role or user that is meant",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::document::PolicyKind;
    use crate::validate::check::check_kind;

    #[test]
    fn ids_and_arns() {
        let statement = r#"{"Effect":"Allow","Principal":{"AWS":["AROADBQP57FF2AEXAMPLE","arn:aws:iam::111122223333:role/AROAx"]},"Action":"sts:AssumeRole"}"#;
        check_kind(&RULE, PolicyKind::Trust, statement, &["AROADBQP57FF2AEXAMPLE"]);
    }
}
