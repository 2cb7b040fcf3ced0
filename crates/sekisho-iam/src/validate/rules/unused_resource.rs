//! A resource that none of the statement's actions works on.
//!
//! It does no harm, and shows that something is missing: the action for it, or the `/*` behind it.
//!
//! Source: Service Authorization Reference, "How to read the tables": resource types of an action.

use crate::arn::Arn;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "unused-resource",
    title: "no action of the statement works on a resource",
    severity: Severity::Note,
    analyzer: None,
    page: "service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Some(reach) = &subject.reach else { return };
    if !reach.terms.contains(&true) {
        return; // `statement-never-matches` says so.
    }
    for (resource, met) in subject.resources().iter().zip(&reach.resources) {
        // What belongs to AWS itself, such as a CloudFormation transform, is listed nowhere.
        let of_aws = Arn::parse(&resource.text).is_some_and(|arn| arn.account == "aws");
        if !met.any && !of_aws {
            found.say(
                resource.span,
                format!("no action of this statement works on `{}`", shown(&resource.text)),
                "remove it, or add the actions it was meant for",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check;

    #[test]
    fn a_resource_without_action() {
        let statement = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}"#;
        check(&RULE, statement, &["arn:aws:s3:::b"]);
    }

    #[test]
    fn what_belongs_to_aws_is_not_judged() {
        let statement = r#"{"Effect":"Allow","Action":"cloudformation:CreateChangeSet","Resource":[
            "arn:aws:cloudformation:eu-west-1:111122223333:stack/s/*",
            "arn:aws:cloudformation:eu-west-1:aws:transform/Serverless-2016-10-31"]}"#;
        check(&RULE, statement, &[]);
    }

    #[test]
    fn where_something_is_not_known_nothing_is_said() {
        for actions in
            [r#""*""#, r#"["s3:GetObject","s3:Nonsense"]"#, r#"["s3:GetObject","s3:ListBucket"]"#]
        {
            let statement = format!(
                r#"{{"Effect":"Allow","Action":{actions},"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}}"#
            );
            check(&RULE, &statement, &[]);
        }
    }
}
