//! Everything, or everything a service can do, on every resource.
//!
//! Only for policies that grant something to whom they are attached to: service control policies,
//! session policies and endpoint policies limit, and in the policy of a resource `*` is that
//! resource.
//!
//! Source: IAM User Guide, "Security best practices in IAM" (apply least-privilege permissions).

use crate::validate::action::Named;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::{counted, shown};
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "full-access",
    title: "everything that a service can do is allowed on every resource",
    severity: Severity::Warning,
    analyzer: None,
    page: "IAM/latest/UserGuide/best-practices.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let negated = subject.statement.actions.negated;
    if !subject.grants_identity() || negated || !subject.is_everywhere() {
        return;
    }
    for term in &subject.terms {
        let text = shown(&term.text.text);
        let what = match &term.named {
            Named::Everything => "everything in the account".to_owned(),
            Named::Many(actions) if term.text.text.ends_with(":*") => {
                let Some(first) = actions.first() else { continue };
                let can = counted(actions.len(), "action");
                format!("everything that `{}` can do ({can}), on all its resources", first.service)
            }
            _ => continue,
        };
        found.say(
            term.text.span,
            format!("`{text}` on `*` allows {what}"),
            "list the actions and resources that are needed",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::document::PolicyKind;
    use crate::validate::check::{check, check_kind};

    #[test]
    fn everything_everywhere() {
        let statement = r#"{"Effect":"Allow","Action":["*","s3:*","s3:Get*"],"Resource":"*"}"#;
        check(&RULE, statement, &["*", "s3:*"]);
        check_kind(&RULE, PolicyKind::Scp, statement, &[]);
    }

    #[test]
    fn everything_somewhere_and_denials() {
        check(&RULE, r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/*"}"#, &[]);
        check(&RULE, r#"{"Effect":"Deny","Action":"*","Resource":"*"}"#, &[]);
    }
}
