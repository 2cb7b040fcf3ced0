//! A variable whose key does not exist, or has many values.
//!
//! A variable without a value matches nothing. `${AWS::Region}` is no variable of IAM but of
//! CloudFormation: the template lacks a `!Sub`.
//!
//! Source: IAM User Guide, "IAM policy elements: Variables and tags" (request information that you
//! can use: single-valued condition keys).

use super::judge_variables;
use crate::knowledge::Knowledge;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::variable::variables;
use crate::validate::words::{did_you_mean, shown};
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "unknown-variable",
    title: "a variable has a key that does not exist, or has many values",
    severity: Severity::Error,
    analyzer: None,
    page: "IAM/latest/UserGuide/reference_policies_variables.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    judge_variables(subject, found, |text| {
        variables(&text.text).filter_map(|one| one.key()).find_map(problem_of)
    });
}

fn problem_of(key: &str) -> Option<(String, String)> {
    let written = shown(key);
    if key.is_empty() || key.contains(['$', '{', '*', '?', ' ']) {
        return None; // `malformed-variable` says so.
    }
    if !key.contains(':') || key.starts_with("AWS::") {
        let message =
            format!("`${{{written}}}` is no variable of a policy, so this matches nothing");
        return Some((
            message,
            "in a template, `!Sub` replaces it; a policy knows condition keys such as \
             `${aws:username}`"
                .into(),
        ));
    }
    // Claims of identity providers are keys that nobody lists.
    let of_provider = key.split_once(':').is_some_and(|(prefix, _)| prefix.contains(['.', '/']));
    match Knowledge::get().condition_key(key) {
        _ if of_provider => None,
        None => {
            let near = Knowledge::get().nearest_condition_keys(key);
            let message = format!(
                "no request carries a condition key `{written}`, so `${{{written}}}` matches \
                 nothing"
            );
            Some((
                message,
                did_you_mean(&near, "use a single-valued condition key, such as `aws:username`"),
            ))
        }
        Some(known) if known.multivalued => Some((
            format!("`{written}` can have several values, and is no variable therefore"),
            "compare it in a condition with `ForAnyValue` or `ForAllValues`".into(),
        )),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::{check, said};

    fn statement(variable: &str) -> String {
        format!(
            r#"{{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${{{variable}}}"}}"#
        )
    }

    #[test]
    fn keys_that_give_no_variable() {
        for variable in ["aws:usrname", "AWS::Region", "BucketName", "aws:TagKeys"] {
            check(&RULE, &statement(variable), &[&format!("arn:aws:s3:::b/${{{variable}}}")]);
        }
        assert_eq!(said(&RULE, &statement("aws:usrname")).1, "did you mean `aws:username`?");
        assert!(said(&RULE, &statement("AWS::Region")).1.contains("`!Sub`"));
    }

    #[test]
    fn keys_that_give_one() {
        for variable in [
            "aws:username",
            "aws:PrincipalTag/team, 'none'",
            "*",
            "saml:sub",
            "cognito-identity.amazonaws.com:sub",
        ] {
            check(&RULE, &statement(variable), &[]);
        }
    }
}
