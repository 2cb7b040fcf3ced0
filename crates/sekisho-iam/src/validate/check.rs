//! What the tests of the rules share: a rule held against one statement or policy.

use super::{Rule, validate};
use crate::document::{Document, PolicyKind};
use sekisho_tree::Diagnostic;

/// What the rule finds in a policy.
pub(super) fn policy_findings(rule: &Rule, kind: PolicyKind, text: &str) -> Vec<Diagnostic> {
    let read = Document::from_json(text, kind);
    let Some(document) = read.document else { panic!("{text}: {:?}", read.diagnostics) };
    let all = validate(&document, kind);
    all.into_iter().filter(|finding| finding.code == rule.id).collect()
}

/// Holds the rule against a policy: the texts it points at, without their quotes.
pub(super) fn check_policy(rule: &Rule, kind: PolicyKind, text: &str, expected: &[&str]) {
    let found = policy_findings(rule, kind, text);
    let texts: Vec<&str> = found
        .iter()
        .map(|finding| text.get(finding.span.range()).unwrap().trim_matches('"'))
        .collect();
    assert_eq!(texts, expected, "{}: {text}\n{found:#?}", rule.id);
    for finding in found {
        assert!(!finding.message.ends_with('.') && finding.help.is_some(), "{finding:?}");
    }
}

/// The policy that is this one statement.
fn policy_of(statement: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#)
}

/// Holds the rule against a statement of a role's inline policy.
pub(super) fn check(rule: &Rule, statement: &str, expected: &[&str]) {
    check_policy(rule, PolicyKind::RoleInline, &policy_of(statement), expected);
}

/// Holds the rule against a statement of a policy of this kind.
pub(super) fn check_kind(rule: &Rule, kind: PolicyKind, statement: &str, expected: &[&str]) {
    check_policy(rule, kind, &policy_of(statement), expected);
}

/// Holds the rule against a statement that allows `action` on `*` under this condition.
pub(super) fn check_condition(rule: &Rule, action: &str, condition: &str, expected: &[&str]) {
    let statement = format!(
        r#"{{"Effect":"Allow","Action":"{action}","Resource":"*","Condition":{condition}}}"#
    );
    check(rule, &statement, expected);
}

/// The message and the help of the only finding in a statement.
pub(super) fn said(rule: &Rule, statement: &str) -> (String, String) {
    let mut found = policy_findings(rule, PolicyKind::RoleInline, &policy_of(statement));
    assert_eq!(found.len(), 1, "{found:#?}");
    let finding = found.remove(0);
    (finding.message, finding.help.unwrap_or_default())
}
