//! A variable in the first five fields of a resource.
//!
//! IAM reads variables only behind the fifth colon of an ARN. Before it they are text, which no
//! real ARN contains.
//!
//! A warning only: a managed policy of AWS itself writes `${aws:PrincipalAccount}` there.
//!
//! Source: IAM User Guide, "IAM policy elements: Variables and tags" (where you can use policy
//! variables).

use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::variable::variables;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "variable-position",
    title: "a variable stands before the fifth colon of a resource",
    severity: Severity::Warning,
    analyzer: None,
    page: "IAM/latest/UserGuide/reference_policies_variables.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let resources = subject.statement.resources.iter().flat_map(|resources| &resources.items);
    for resource in resources.filter(|_| subject.variables) {
        let Some(first) = variables(&resource.text).next() else { continue };
        let before = resource.text.get(..first.at).unwrap_or_default();
        let of_policy = first.key().is_some_and(|key| !key.starts_with("AWS::"));
        if of_policy && before.matches(':').count() < 5 {
            found.say(
                resource.span,
                format!(
                    "`{}` has a variable before its fifth colon, where none is read",
                    shown(&resource.text)
                ),
                "write `*` or a literal there, and compare the variable in a condition",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check;

    #[test]
    fn only_behind_the_fifth_colon() {
        let statement = r#"{"Effect":"Allow","Action":"sqs:*","Resource":[
            "arn:aws:sqs:eu-west-1:${aws:PrincipalAccount}:q",
            "arn:aws:sqs:eu-west-1:111122223333:${aws:username}"]}"#;
        check(&RULE, statement, &["arn:aws:sqs:eu-west-1:${aws:PrincipalAccount}:q"]);
    }
}
