//! An action whose service does not exist: `codepipline:StartPipelineExecution`.
//!
//! IAM stores such an action and it never matches anything, so an Allow is silently missing, and a
//! Deny denies nothing.
//!
//! Source: Service Authorization Reference; IAM User Guide, "IAM JSON policy elements: Action".

use crate::knowledge::Knowledge;
use crate::validate::action::Named;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::{did_you_mean, shown};
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "unknown-service",
    title: "an action names a service that does not exist",
    severity: Severity::Error,
    analyzer: Some("INVALID_SERVICE_IN_ACTION"),
    page: "service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let unknown = subject.terms.iter().filter(|term| matches!(term.named, Named::NoService));
    for term in unknown {
        if found.is_full() {
            return;
        }
        let prefix = term.text.text.split_once(':').map_or("", |(prefix, _)| prefix);
        let near = Knowledge::get().nearest_services(prefix);
        found.say(
            term.text.span,
            format!(
                "no service has the prefix `{}`, so `{}` stands for nothing",
                shown(prefix),
                shown(&term.text.text)
            ),
            did_you_mean(&near, "look the prefix up in the service authorization reference"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::{check, said};

    #[test]
    fn a_service_that_does_not_exist() {
        let statement = r#"{"Effect":"Allow","Action":["codepipline:StartPipelineExecution","s3:GetObject"],"Resource":"*"}"#;
        check(&RULE, statement, &["codepipline:StartPipelineExecution"]);
        assert_eq!(said(&RULE, statement).1, "did you mean `codepipeline`?");
    }

    #[test]
    fn services_in_any_case_and_wildcards() {
        let statement =
            r#"{"Effect":"Allow","Action":["*","S3:Nonsense","*:Get*"],"Resource":"*"}"#;
        check(&RULE, statement, &[]);
    }
}
