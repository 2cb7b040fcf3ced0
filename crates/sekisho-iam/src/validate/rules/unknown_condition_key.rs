//! A condition key that nobody has: `aws:SourceAcount`.
//!
//! IAM stores it, no request ever carries it, and so the condition is false (or, with `…IfExists`,
//! a `Not…` operator or `ForAllValues`, true) for everybody.
//!
//! Keys of identity providers (`oidc.eks.….amazonaws.com/id/…:sub`) are named by the provider and
//! are not judged.
//!
//! Source: IAM User Guide, "AWS global condition context keys"; Service Authorization Reference.

use crate::document::Condition;
use crate::knowledge::Knowledge;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::{did_you_mean, shown};
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "unknown-condition-key",
    title: "a condition asks for a key that does not exist",
    severity: Severity::Error,
    analyzer: Some("INVALID_GLOBAL_CONDITION_KEY, INVALID_SERVICE_CONDITION_KEY"),
    page: "IAM/latest/UserGuide/reference_policies_condition-keys.html",
    check: Check::Condition(check),
};

fn check(_: &Subject<'_>, condition: &Condition, found: &mut Findings) {
    let key = &*condition.key.text;
    let knowledge = Knowledge::get();
    let Some((prefix, _)) = key.split_once(':') else { return };
    if found.is_full() || prefix.contains(['.', '/']) || knowledge.condition_key(key).is_some() {
        return;
    }
    found.say(
        condition.key.span,
        format!("no request carries a condition key `{}`", shown(key)),
        did_you_mean(
            &knowledge.nearest_condition_keys(key),
            "look it up in the service authorization reference",
        ),
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::{check_condition, said};

    #[test]
    fn a_key_that_does_not_exist() {
        for key in ["aws:SourceAcount", "s3:Nonsense", "nothing:x", "aws:ResourceTag/"] {
            let condition = format!(r#"{{"StringEquals":{{"{key}":"x"}}}}"#);
            check_condition(&RULE, "s3:GetObject", &condition, &[key]);
        }
        let statement = r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceAcount":"111122223333"}}}"#;
        assert!(said(&RULE, statement).1.starts_with("did you mean `aws:SourceAccount`"));
    }

    #[test]
    fn keys_that_exist_and_keys_of_providers() {
        for key in [
            "AWS:SourceIP",
            "aws:ResourceTag/Env",
            "kms:EncryptionContext:tenant",
            "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub",
            "accounts.google.com:aud",
        ] {
            let condition = format!(r#"{{"StringEquals":{{"{key}":"x"}}}}"#);
            check_condition(&RULE, "s3:GetObject", &condition, &[]);
        }
    }
}
