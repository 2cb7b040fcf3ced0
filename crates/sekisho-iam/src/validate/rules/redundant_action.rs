//! An action that another entry of its list covers.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Action".

use super::redundant::{Item, redundant};
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "redundant-action",
    title: "an action is covered by another entry of its list",
    severity: Severity::Note,
    analyzer: Some("REDUNDANT_ACTION"),
    page: "IAM/latest/UserGuide/reference_policies_elements_action.html",
    check: Check::Statement(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let item = |text: &crate::document::Text| Item {
        text: text.text.to_ascii_lowercase(),
        span: text.span,
    };
    redundant(&subject.statement.actions.items.iter().map(item).collect::<Vec<_>>(), found);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check;

    #[test]
    fn actions_that_are_covered() {
        let statement = r#"{"Effect":"Allow","Action":["s3:GetObject","S3:get*","s3:GetObjectAcl","kms:Decrypt","kms:decrypt"],"Resource":"*"}"#;
        check(&RULE, statement, &["s3:GetObject", "s3:GetObjectAcl", "kms:decrypt"]);
    }

    #[test]
    fn a_question_mark_may_not_cover_a_star() {
        for (actions, covered) in [
            (r#"["s3:Get*","s3:List*","kms:Decrypt"]"#, None),
            (r#"["s3:Ge?","s3:Ge*"]"#, Some("s3:Ge?")),
            (r#"["s3:Get?","s3:Get*y"]"#, None),
        ] {
            let statement = format!(r#"{{"Effect":"Allow","Action":{actions},"Resource":"*"}}"#);
            check(&RULE, &statement, covered.as_slice());
        }
    }
}
