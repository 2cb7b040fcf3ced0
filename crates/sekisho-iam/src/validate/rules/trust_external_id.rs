//! A trust policy that demands an external id from an account.
//!
//! `sts:ExternalId` is in the request only where the caller passes one. People and programs can;
//! services that assume a role for their users mostly cannot: an action of CodePipeline has no
//! field for it, so a pipeline of that account can never assume this role.
//!
//! Sources: IAM User Guide, "IAM and AWS STS condition context keys" (`sts:ExternalId`); AWS
//! CodePipeline API Reference, "ActionDeclaration".

use crate::arn::{AccountId, Arn};
use crate::document::{PolicyKind, Principal, PrincipalKind};
use crate::validate::logic::holds_when_absent;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "trust-external-id",
    title: "an account must send an external id, which CodePipeline and most services cannot",
    severity: Severity::Note,
    analyzer: None,
    page: "IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let trusts_account = subject.principals().iter().any(is_account);
    if subject.kind != PolicyKind::Trust || !subject.allows() || !trusts_account {
        return;
    }
    let mut demanding = subject.conditions_on("sts:ExternalId");
    if let Some(condition) = demanding.find(|one| !holds_when_absent(one.operator)) {
        found.say(
            condition.key.span,
            "only callers that pass an external id get in: a service such as CodePipeline never \
             does, as its actions have no field for one",
            "if a pipeline assumes this role, use `ArnEquals` on `aws:PrincipalArn` with the \
             pipeline's role instead",
        );
    }
}

/// An account: its root or its number.
pub(super) fn is_account(principal: &Principal) -> bool {
    let text = &*principal.value.text;
    principal.kind == PrincipalKind::Aws
        && (AccountId::parse(text).is_some()
            || Arn::parse(text).is_some_and(|arn| arn.service == "iam" && arn.resource == "root"))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::document::PolicyKind;
    use crate::validate::check::check_kind;

    fn trust(principal: &str, operator: &str, noted: bool) {
        let statement = format!(
            r#"{{"Effect":"Allow","Principal":{{"AWS":"{principal}"}},"Action":"sts:AssumeRole",
                "Condition":{{"{operator}":{{"sts:ExternalId":"x"}}}}}}"#
        );
        check_kind(
            &RULE,
            PolicyKind::Trust,
            &statement,
            if noted { &["sts:ExternalId"] } else { &[] },
        );
    }

    #[test]
    fn external_ids_of_accounts() {
        trust("arn:aws:iam::111122223333:root", "StringEquals", true);
        trust("111122223333", "StringLike", true);
        trust("111122223333", "StringEqualsIfExists", false);
        trust("arn:aws:iam::111122223333:role/partner", "StringEquals", false);
    }
}
