//! A resource that another entry of its list covers.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Resource".

use super::redundant::{Item, redundant};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "redundant-resource",
    title: "a resource is covered by another entry of its list",
    severity: Severity::Note,
    analyzer: Some("REDUNDANT_RESOURCE"),
    page: "IAM/latest/UserGuide/reference_policies_elements_resource.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let items = subject.statement.resources.iter().flat_map(|resources| &resources.items);
    redundant(
        &items
            .map(|text| Item { text: text.text.to_string(), span: text.span })
            .collect::<Vec<_>>(),
        found,
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check;

    #[test]
    fn resources_that_are_covered() {
        let statement = r#"{"Effect":"Allow","Action":"s3:*","Resource":["arn:aws:s3:::b/x","arn:aws:s3:::b/*","arn:aws:s3:::b/${aws:username}","arn:aws:s3:::c","arn:aws:s3:::c"]}"#;
        check(
            &RULE,
            statement,
            &["arn:aws:s3:::b/x", "arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::c"],
        );
    }

    #[test]
    fn resources_that_are_not() {
        check(
            &RULE,
            r#"{"Effect":"Allow","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*","arn:aws:s3:::B/x"]}"#,
            &[],
        );
    }
}
