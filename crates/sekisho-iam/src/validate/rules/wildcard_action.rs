//! What a pattern of actions stands for today.
//!
//! A pattern grows with the service: AWS adds some hundred actions a month. The note shows how many
//! there are, and how many of them do more than look. Policies that only limit are broad as a rule, and
//! `service:*` is left to `full-access` and to key policies, where it is the account's own right.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Action".

use crate::document::PolicyKind as K;
use crate::knowledge::AccessLevel;
use crate::validate::action::Named;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::{counted, listed, shown};
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "wildcard-action",
    title: "a pattern of actions is allowed; the note says what it stands for",
    severity: Severity::Note,
    analyzer: None,
    page: "IAM/latest/UserGuide/reference_policies_elements_action.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let limits = matches!(subject.kind, K::Scp | K::Rcp | K::Session | K::Endpoint);
    if !subject.allows() || limits || subject.statement.actions.negated {
        return;
    }
    for term in &subject.terms {
        let Named::Many(actions) = &term.named else { continue };
        if found.is_full() {
            return;
        }
        if actions.is_empty() || is_told_elsewhere(subject, &term.text.text) {
            continue;
        }
        let looks = |level| matches!(level, AccessLevel::List | AccessLevel::Read);
        let changing = actions.iter().filter(|action| !looks(action.access_level)).count();
        let names: Vec<&str> = actions.iter().map(|action| action.name).collect();
        let text = shown(&term.text.text);
        found.say(
            term.text.span,
            format!("`{text}` stands for {}: {}", counted(actions.len(), "action"), listed(&names)),
            match changing {
                0 => "all of them only read; list the ones that are needed to keep it that way"
                    .into(),
                _ => format!("{changing} of them do more than read; list the ones that are needed"),
            },
        );
    }
}

fn is_told_elsewhere(subject: &Subject<'_>, action: &str) -> bool {
    action.ends_with(":*")
        && (subject.kind == K::Key || (subject.grants_identity() && subject.is_everywhere()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::document::PolicyKind;
    use crate::validate::check::{check, check_kind, said};

    #[test]
    fn a_pattern_is_spelled_out() {
        let statement = r#"{"Effect":"Allow","Action":"kms:ReEncrypt*","Resource":"*"}"#;
        let (message, help) = said(&RULE, statement);
        assert_eq!(
            message,
            "`kms:ReEncrypt*` stands for 2 actions: `ReEncryptFrom` and `ReEncryptTo`"
        );
        assert_eq!(help, "2 of them do more than read; list the ones that are needed");
    }

    #[test]
    fn what_only_limits_is_broad_as_a_rule() {
        let statement = r#"{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}"#;
        check_kind(&RULE, PolicyKind::Scp, statement, &[]);
        let service = r#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#;
        check(&RULE, service, &[]);
    }

    #[test]
    fn single_actions_and_denials_need_no_note() {
        check(&RULE, r#"{"Effect":"Allow","Action":["kms:Decrypt","*"],"Resource":"*"}"#, &[]);
        check(&RULE, r#"{"Effect":"Deny","Action":"kms:*","Resource":"*"}"#, &[]);
    }
}
