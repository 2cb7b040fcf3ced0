//! A condition key that exists, and that no request for the statement's actions carries.
//!
//! `s3:prefix` stands in requests to list a bucket; a condition on it beside `s3:GetObject` alone
//! is false for every request, and an Allow with it is dead. For a `Not…` operator or `…IfExists`
//! it is true for every request.
//!
//! Of the global keys only `aws:RequestTag/…` and `aws:TagKeys` are judged, which the reference
//! lists action by action.
//!
//! Source: Service Authorization Reference, "How to read the tables": condition keys.

use crate::document::Condition;
use crate::knowledge::{Action, Knowledge};
use crate::validate::logic::holds_when_absent;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::{listed, shown};
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "condition-key-never-carried",
    title: "none of the statement's actions carries the condition key",
    severity: Severity::Warning,
    analyzer: None,
    page: "service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    check: Check::Condition(check),
};

/// Global keys that the reference lists for each action that carries them.
const LISTED: [&str; 2] = ["aws:RequestTag/${TagKey}", "aws:TagKeys"];

fn check(subject: &Subject<'_>, condition: &Condition, found: &mut Findings) {
    if found.is_full() || subject.statement.actions.negated || !is_judged(&condition.key.text) {
        return;
    }
    let terms: Option<Vec<_>> = subject.terms.iter().map(|term| term.actions()).collect();
    let Some(actions) = terms.map(|terms| terms.concat()) else { return };
    let key = &*condition.key.text;
    let lacks = |action: &&Action| found.may_work(keys_of(action)) && !carries(action, key);
    if actions.is_empty() || !actions.iter().all(lacks) {
        return;
    }
    let outcome = if holds_when_absent(condition.operator) { "true" } else { "false" };
    let names: Vec<&str> = subject.terms.iter().map(|term| &*term.text.text).collect();
    found.say(
        condition.key.span,
        format!(
            "no request for {} carries `{}`, so this is {outcome} for all of them",
            listed(&names),
            shown(key)
        ),
        "move the condition to a statement with the actions it is for, or use a key that they \
         carry",
    );
}

fn is_judged(key: &str) -> bool {
    let knowledge = Knowledge::get();
    let Some((prefix, _)) = key.split_once(':') else { return false };
    let Some(known) = knowledge.condition_key(key) else { return false };
    let global =
        knowledge.global_keys().iter().any(|one| one.name.eq_ignore_ascii_case(known.name));
    match global {
        true => LISTED.contains(&known.name),
        false => knowledge.service(prefix).is_some(),
    }
}

/// Whether the action, or one of its resource types, lists the key.
fn carries(action: &Action, key: &str) -> bool {
    let of_types = action
        .resource_types
        .iter()
        .flat_map(|one| one.condition_keys.iter().chain(one.resource_type.condition_keys));
    action.condition_keys.iter().chain(of_types).any(|known| known.matches(key))
}

/// How many keys are looked at for the action.
fn keys_of(action: &Action) -> usize {
    let of_types = action.resource_types.iter();
    let of_types =
        of_types.map(|one| one.condition_keys.len() + one.resource_type.condition_keys.len());
    // A key takes some ten comparisons of letters.
    10 * (action.condition_keys.len() + of_types.sum::<usize>() + 1)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::{check_condition, said};

    #[test]
    fn a_key_of_another_action_or_service() {
        for (action, key) in [
            ("s3:GetObject", "s3:prefix"),
            ("s3:Get*", "kms:ViaService"),
            ("iam:GetRole", "iam:PassedToService"),
            ("s3:ListBucket", "aws:RequestTag/team"),
        ] {
            let condition = format!(r#"{{"StringEquals":{{"{key}":"x"}}}}"#);
            check_condition(&RULE, action, &condition, &[key]);
        }
    }

    #[test]
    fn the_outcome_is_said() {
        let statement = |operator| {
            format!(
                r#"{{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{{"{operator}":{{"s3:prefix":"x"}}}}}}"#
            )
        };
        let message = |operator| said(&RULE, &statement(operator)).0;
        assert!(message("StringEquals").ends_with("so this is false for all of them"));
        assert!(message("StringNotEquals").ends_with("so this is true for all of them"));
        assert!(message("StringLikeIfExists").ends_with("so this is true for all of them"));
    }

    #[test]
    fn keys_that_are_carried_or_cannot_be_judged() {
        for (action, key) in [
            ("s3:ListBucket", "s3:prefix"),
            ("s3:*", "s3:prefix"),
            ("*", "kms:ViaService"),
            ("kms:Decrypt", "kms:EncryptionContext:tenant"),
            ("s3:GetObject", "aws:SourceVpce"),
            ("s3:GetObject", "accounts.google.com:aud"),
            ("s3:GetObject", "aws:ResourceTag/team"),
            ("ecs:RegisterTaskDefinition", "aws:RequestTag/team"),
            ("s3:Nonsense", "kms:ViaService"),
            ("ec2:CreateImage", "ec2:SourceInstanceARN"),
        ] {
            let condition = format!(r#"{{"StringEquals":{{"{key}":"x"}}}}"#);
            check_condition(&RULE, action, &condition, &[]);
        }
    }
}
