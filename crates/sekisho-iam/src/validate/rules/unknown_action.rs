//! An action that its service does not have, or a pattern that no action of it fits.
//!
//! IAM stores it and it never matches anything. Often the name is that of an API operation whose
//! permission is called otherwise: `s3:ListObjects` needs `s3:ListBucket`.
//!
//! Source: Service Authorization Reference; IAM User Guide, "IAM JSON policy elements: Action".

use crate::knowledge::Knowledge;
use crate::validate::action::{Named, full_name};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::{did_you_mean, shown};
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "unknown-action",
    title: "an action does not exist, or a pattern stands for no action",
    severity: Severity::Error,
    analyzer: Some("INVALID_ACTION"),
    page: "service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    check: Check::Statement(check),
};

/// Actions that the reference no longer lists and AWS still writes: the default policy of a topic
/// (Amazon SNS Developer Guide, "Access policy language").
const LEGACY: [&str; 1] = ["sns:Receive"];

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for term in &subject.terms {
        if found.is_full() {
            return;
        }
        let text = &*term.text.text;
        match &term.named {
            Named::NoAction(_) if LEGACY.iter().any(|old| text.eq_ignore_ascii_case(old)) => {}
            Named::NoAction(service) => {
                let near = Knowledge::get().nearest_actions(text);
                let names: Vec<String> = near.iter().map(|action| full_name(action)).collect();
                found.say(
                    term.text.span,
                    format!(
                        "{} has no action `{}`, so this matches nothing",
                        service.name,
                        shown(text)
                    ),
                    did_you_mean(&names, "look it up in the service authorization reference"),
                );
            }
            Named::Many(actions) if actions.is_empty() => found.say(
                term.text.span,
                format!("`{}` stands for no action at all", shown(text)),
                "look the names up in the service authorization reference",
            ),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::{check, said};

    #[test]
    fn an_action_that_does_not_exist() {
        for (action, meant) in [
            ("s3:ListObjects", "did you mean `s3:ListBucket`?"),
            ("kms:Dekrypt", "did you mean `kms:Decrypt`?"),
        ] {
            let statement = format!(r#"{{"Effect":"Allow","Action":"{action}","Resource":"*"}}"#);
            check(&RULE, &statement, &[action]);
            assert!(said(&RULE, &statement).1.starts_with(meant.trim_end_matches('?')), "{action}");
        }
    }

    #[test]
    fn a_pattern_that_stands_for_nothing() {
        check(&RULE, r#"{"Effect":"Deny","NotAction":"s3:Fetch*","Resource":"*"}"#, &["s3:Fetch*"]);
    }

    #[test]
    fn actions_that_exist() {
        let statement = r#"{"Effect":"Allow","Action":["s3:getobject","s3:Get*","*","x:Y","SNS:Receive"],"Resource":"*"}"#;
        check(&RULE, statement, &[]);
    }
}
