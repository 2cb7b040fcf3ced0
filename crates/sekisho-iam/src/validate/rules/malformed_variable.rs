//! A `${` that starts no variable: it is not closed, names nothing, or is written wrongly.
//!
//! IAM stores it. It never has a value, so the text that holds it matches nothing.
//!
//! Source: IAM User Guide, "IAM policy elements: Variables and tags".

use super::judge_variables;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::variable::{Variable, variables};
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "malformed-variable",
    title: "a `${` starts no variable",
    severity: Severity::Error,
    analyzer: Some(
        "MISSING_BRACE_IN_VARIABLE, EMPTY_VARIABLE, MISSING_QUOTE_IN_VARIABLE, \
         UNSUPPORTED_SPACE_IN_VARIABLE",
    ),
    page: "IAM/latest/UserGuide/reference_policies_variables.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    judge_variables(subject, found, |text| {
        let (problem, help) = variables(&text.text).find_map(|one| problem_of(&one))?;
        Some((format!("`{}` {problem}", shown(&text.text)), help))
    });
}

fn problem_of(variable: &Variable<'_>) -> Option<(&'static str, &'static str)> {
    if variable.inside.is_none() {
        return Some(("has a `${` without `}`", "add the `}`"));
    }
    let key = variable.key()?;
    if key.is_empty() {
        return Some(("has a variable without a name", "write `${aws:username}` or another key"));
    }
    if key.contains(char::is_whitespace) || key.contains(['$', '{', '*', '?']) {
        return Some((
            "has a variable whose name is no condition key",
            "write `${key}` or `${key, 'default'}`",
        ));
    }
    let unquoted = |text: &str| text.len() < 2 || !text.starts_with('\'') || !text.ends_with('\'');
    if variable.default().is_some_and(unquoted) {
        return Some(("has a default that is not in single quotes", "write `${key, 'default'}`"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check;

    fn on(resource: &str, wrong: bool) {
        let statement =
            format!(r#"{{"Effect":"Allow","Action":"s3:GetObject","Resource":"{resource}"}}"#);
        check(&RULE, &statement, if wrong { std::slice::from_ref(&resource) } else { &[] });
    }

    #[test]
    fn variables_that_are_none() {
        for inside in [
            "${aws:username",
            "${}/x",
            "${ }",
            "${aws:user name}",
            "${aws:username, none}",
            "${aws:*}",
            "${aws:username, '}",
        ] {
            on(&format!("arn:aws:s3:::b/{inside}"), true);
        }
    }

    #[test]
    fn variables_and_escapes() {
        for inside in ["${aws:username}", "${aws:username, 'no one'}", "${*}${?}${$}", "$", "{}"] {
            on(&format!("arn:aws:s3:::b/{inside}"), false);
        }
    }
}
