//! Some actions of a statement can never meet one of its resources: the others hide it.
//!
//! `codedeploy:RegisterApplicationRevision` is asked about the application. In a statement with
//! deployment groups only it is dead, although `codedeploy:CreateDeployment` beside it works.
//!
//! Source: Service Authorization Reference, "How to read the tables": resource types of an action.

use crate::document::PolicyKind;
use crate::validate::action::{Term, full_name};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::{listed, shown};
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "action-resource-mismatch",
    title: "an action works on none of its statement's resources",
    severity: Severity::Warning,
    analyzer: None,
    page: "service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    check: Check::Statement(check),
};

/// Up to how many resource types of an action are spelled out.
const SPELLED_MAX: usize = 3;

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let dead = dead_terms(subject);
    if dead.len() == subject.terms.len() {
        return; // `statement-never-matches` says so.
    }
    for term in dead {
        found.say(
            term.text.span,
            format!("`{}` never works on any resource of this statement", shown(&term.text.text)),
            what_is_needed(term),
        );
    }
}

/// The actions that exist and meet none of the resources.
pub(super) fn dead_terms<'s, 'a>(subject: &'s Subject<'a>) -> Vec<&'s Term<'a>> {
    // Whatever stands there in a key policy, `key-policy-resource` says what to write.
    let reach = subject.reach.as_ref().filter(|_| subject.kind != PolicyKind::Key);
    let Some(reach) = reach else { return Vec::new() };
    let both = subject.terms.iter().zip(&reach.terms);
    both.filter(|(term, meets)| !**meets && !term.is_nothing()).map(|(term, _)| term).collect()
}

/// What the first action of the entry works on.
pub(super) fn what_is_needed(term: &Term<'_>) -> String {
    let Some(action) = term.actions().and_then(<[_]>::first) else { return String::new() };
    let name = full_name(action);
    if action.is_star_only() {
        return format!("`{name}` works on no resource: it takes the resource `*`");
    }
    let types: Vec<_> = action.resource_types.iter().map(|one| one.resource_type).collect();
    if types.len() > SPELLED_MAX {
        let names: Vec<&str> = types.iter().map(|one| one.name).collect();
        return format!("`{name}` works on {}", listed(&names));
    }
    let formats = types.iter().filter_map(|one| Some((one.name, one.arn_formats.first()?)));
    let spelled: Vec<String> =
        formats.map(|(name, format)| format!("`{name}`: `{format}`")).collect();
    format!("`{name}` works on {}", spelled.join(", or "))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::{check, said};

    /// The article's own policy: two of its five actions are dead.
    const CODEDEPLOY: &str = r#"{"Effect":"Allow","Action":[
        "codedeploy:CreateDeployment","codedeploy:GetDeployment","codedeploy:GetDeploymentConfig",
        "codedeploy:RegisterApplicationRevision","codedeploy:GetApplicationRevision"],
        "Resource":["arn:aws:codedeploy:eu-west-1:111122223333:deploymentgroup:app/*",
        "arn:aws:codedeploy:eu-west-1:111122223333:deploymentconfig:*"]}"#;

    #[test]
    fn actions_that_need_another_resource() {
        let dead = ["codedeploy:RegisterApplicationRevision", "codedeploy:GetApplicationRevision"];
        check(&RULE, CODEDEPLOY, &dead);
    }

    #[test]
    fn the_resource_is_named() {
        let statement = r#"{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":"arn:aws:s3:::logs/*"}"#;
        let (message, help) = said(&RULE, statement);
        assert_eq!(message, "`s3:ListBucket` never works on any resource of this statement");
        assert!(help.contains("arn:${Partition}:s3:::${BucketName}"), "{help}");
    }

    #[test]
    fn nothing_is_said_where_all_work_or_none_does() {
        check(
            &RULE,
            r#"{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}"#,
            &[],
        );
        check(
            &RULE,
            r#"{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::logs/*"}"#,
            &[],
        );
        check(
            &RULE,
            r#"{"Effect":"Allow","Action":["s3:ListBucket","ec2:RunInstances"],"Resource":"*"}"#,
            &[],
        );
    }
}
