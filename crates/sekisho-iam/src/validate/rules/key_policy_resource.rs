//! The resource of a key policy is not `*`.
//!
//! In a key policy `*` is this key, which has no ARN yet when its policy is written.
//!
//! Source: AWS KMS Developer Guide, "Elements in a key policy".

use crate::document::PolicyKind;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "key-policy-resource",
    title: "a key policy names a resource other than `*`",
    severity: Severity::Warning,
    analyzer: None,
    page: "kms/latest/developerguide/key-policy-overview.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let resources = subject.resources();
    if subject.kind != PolicyKind::Key || resources.iter().any(|resource| &*resource.text == "*") {
        return;
    }
    for resource in resources {
        found.say(
            resource.span,
            format!("`{}` is not `*`, which means this key in a key policy", shown(&resource.text)),
            "write `\"Resource\": \"*\"`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::document::PolicyKind;
    use crate::validate::check::check_kind;

    #[test]
    fn the_key_is_a_star() {
        let statement = |resource: &str| {
            format!(
                r#"{{"Effect":"Allow","Principal":{{"AWS":"111122223333"}},"Action":"kms:Decrypt","Resource":"{resource}"}}"#
            )
        };
        let arn = "arn:aws:kms:eu-west-1:111122223333:key/1";
        check_kind(&RULE, PolicyKind::Key, &statement(arn), &[arn]);
        check_kind(&RULE, PolicyKind::Key, &statement("*"), &[]);
        check_kind(&RULE, PolicyKind::Resource, &statement(arn), &[]);
    }
}
