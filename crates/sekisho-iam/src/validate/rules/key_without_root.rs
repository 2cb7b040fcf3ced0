//! A key policy in which no account may manage the key.
//!
//! Without a statement for the account, only the named users and roles can change the policy. When
//! they are deleted nobody can, the root user included: the key is unmanageable.
//!
//! Source: AWS KMS Developer Guide, "Default key policy" (allows access to the AWS account and
//! enables IAM policies).

use super::trust_external_id::is_account;
use crate::document::{PolicyKind, PrincipalKind};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::{Policy, Subject};
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "key-without-root",
    title: "a key policy lets no account change it, so that the key may become unmanageable",
    severity: Severity::Warning,
    analyzer: None,
    page: "kms/latest/developerguide/key-policy-default.html",
    check: Check::Policy(check),
};

fn check(policy: &Policy<'_>, found: &mut Findings) {
    if policy.kind == PolicyKind::Key && !policy.statements.iter().any(lets_account_manage) {
        found.say(
            policy.document.span,
            "no statement lets the account change this key policy: once the named users and \
             roles are gone, nobody can",
            "add a statement that allows `kms:*` to `arn:aws:iam::ACCOUNT:root`",
        );
    }
}

fn lets_account_manage(subject: &Subject<'_>) -> bool {
    let everyone = |kind| matches!(kind, PrincipalKind::Everyone | PrincipalKind::Aws);
    let mut principals = subject.principals().iter();
    subject.allows()
        && subject.covers("kms:PutKeyPolicy")
        && principals.any(|one| is_account(one) || (everyone(one.kind) && &*one.value.text == "*"))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::document::PolicyKind;
    use crate::validate::check::policy_findings;

    fn key(principal: &str, action: &str) -> usize {
        let policy = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"{principal}"}},"Action":"{action}","Resource":"*"}}]}}"#
        );
        policy_findings(&RULE, PolicyKind::Key, &policy).len()
    }

    #[test]
    fn the_account_can_manage_its_key() {
        assert_eq!(key("arn:aws:iam::111122223333:root", "kms:*"), 0);
        assert_eq!(key("111122223333", "kms:Put*"), 0);
        assert_eq!(key("111122223333", "kms:Decrypt"), 1);
        assert_eq!(key("arn:aws:iam::111122223333:role/admin", "kms:*"), 1);
    }
}
