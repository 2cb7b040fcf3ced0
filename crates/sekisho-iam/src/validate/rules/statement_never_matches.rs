//! No action of a statement can ever meet one of its resources.
//!
//! `s3:ListBucket` works on buckets, so that on `arn:aws:s3:::bucket/*`, which is objects, it
//! never happens. An action without resource types, such as `states:SendTaskSuccess`, only happens
//! on `*`.
//!
//! Source: Service Authorization Reference, "How to read the tables": resource types of an action.

use super::action_resource_mismatch::{dead_terms, what_is_needed};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::listed;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "statement-never-matches",
    title: "no action of a statement works on any of its resources",
    severity: Severity::Error,
    analyzer: None,
    page: "service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Some(resources) = &subject.statement.resources else { return };
    let dead = dead_terms(subject);
    let Some(first) = dead.first().filter(|_| dead.len() == subject.terms.len()) else { return };
    let names: Vec<&str> = dead.iter().map(|term| &*term.text.text).collect();
    let verb = if names.len() == 1 { "works" } else { "work" };
    found.say(
        resources.span,
        format!(
            "this statement never matches: {} never {verb} on any of these resources",
            listed(&names)
        ),
        what_is_needed(first),
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::document::PolicyKind;
    use crate::validate::check::{check, check_kind, said};

    #[test]
    fn buckets_and_objects_are_two_things() {
        for (action, resource) in [
            ("s3:ListBucket", "arn:aws:s3:::logs/*"),
            ("s3:GetObject", "arn:aws:s3:::logs"),
            ("states:SendTaskSuccess", "arn:aws:states:eu-west-1:111122223333:stateMachine:m"),
        ] {
            let statement =
                format!(r#"{{"Effect":"Allow","Action":"{action}","Resource":"{resource}"}}"#);
            check(&RULE, &statement, &[resource]);
        }
    }

    #[test]
    fn what_would_be_needed_is_said() {
        let statement =
            r#"{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::logs/*"}"#;
        let (_, help) = said(&RULE, statement);
        assert!(help.contains("`bucket`: `arn:${Partition}:s3:::${BucketName}`"), "{help}");
        let statement = r#"{"Effect":"Deny","Action":"sts:GetCallerIdentity","Resource":"arn:aws:iam::111122223333:role/x"}"#;
        assert_eq!(
            said(&RULE, statement).1,
            "`sts:GetCallerIdentity` works on no resource: it takes the resource `*`"
        );
    }

    #[test]
    fn bucket_policies_are_judged_too() {
        let statement = r#"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::logs"}"#;
        check_kind(&RULE, PolicyKind::Bucket, statement, &["arn:aws:s3:::logs"]);
    }

    #[test]
    fn one_that_can_match_is_enough() {
        for statement in [
            r#"{"Effect":"Allow","Action":["s3:ListBucket","s3:GetObject"],"Resource":"arn:aws:s3:::logs/*"}"#,
            r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::logs/*"}"#,
            r#"{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"arn:aws:s3:::*"}"#,
            r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::${aws:username}"}"#,
            r#"{"Effect":"Allow","Action":"logs:CreateLogStream","Resource":"arn:aws:logs:*:*:*"}"#,
            r#"{"Effect":"Allow","Action":"logs:DescribeLogGroups","Resource":"arn:aws:logs:*:*:*"}"#,
            r#"{"Effect":"Allow","Action":"ssmmessages:OpenDataChannel","Resource":"arn:aws:ssm:*:*:session/*"}"#,
            r#"{"Effect":"Allow","Action":"backup:DescribeRecoveryPoint","Resource":"arn:aws:backup:*:*:recovery-point:*"}"#,
            r#"{"Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws:kms:*:${aws:PrincipalAccount}:key/*"}"#,
            r#"{"Effect":"Allow","NotAction":"s3:GetObject","Resource":"arn:aws:s3:::logs"}"#,
            r#"{"Effect":"Allow","Action":"s3:GetObject","NotResource":"arn:aws:s3:::logs"}"#,
        ] {
            check(&RULE, statement, &[]);
        }
    }
}
