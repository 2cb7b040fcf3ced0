//! The account or region of a resource ARN is missing, superfluous or not one.
//!
//! An ARN that looks right and lacks a field matches nothing real: `arn:aws:sqs:eu-west-1::queue`.
//! What a service expects is read from the ARN formats of the actions' resource types.
//!
//! Source: IAM User Guide, "IAM identifiers" (IAM ARNs) and "IAM JSON policy elements: Resource".

use crate::arn::{AccountId, Arn};
use crate::validate::reach::Met;
use crate::validate::rule::{Check, Findings, Rule};
use crate::validate::subject::Subject;
use crate::validate::words::shown;
use sekisho_tree::Severity;

pub(super) static RULE: Rule = Rule {
    id: "resource-fields",
    title: "the account, region or service of a resource is missing or malformed",
    severity: Severity::Error,
    analyzer: Some(
        "MISSING_ARN_FIELD, INVALID_ARN_ACCOUNT, INVALID_ARN_REGION, INVALID_ARN_SERVICE_CASE",
    ),
    page: "IAM/latest/UserGuide/reference_identifiers.html",
    check: Check::Statement(check),
};

/// Services that own resources without account beside those of accounts: public parameters and
/// documents, platforms.
const WITHOUT_ACCOUNT: [&str; 3] = ["ssm", "elasticbeanstalk", "imagebuilder"];

/// How bad it is, what is wrong, and what to do.
type Problem = (Severity, String, &'static str);

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let met = subject.reach.as_ref().map(|reach| reach.resources.as_slice()).unwrap_or_default();
    for (at, resource) in subject.resources().iter().enumerate() {
        let Some(arn) = Arn::parse(&resource.text) else { continue };
        let written = shown(&resource.text);
        let missing = || met.get(at).and_then(|met| missing_field(&arn, &written, met));
        if let Some((severity, message, help)) = malformed_field(&arn, &written).or_else(missing) {
            found.say_as(severity, resource.span, message, help);
        }
    }
}

/// A field that is there and cannot be right.
fn malformed_field(arn: &Arn<'_>, written: &str) -> Option<Problem> {
    let (message, help) = if arn.service.bytes().any(|byte| byte.is_ascii_uppercase()) {
        (
            format!("the service of `{written}` is not in lower case"),
            "ARNs are compared letter by letter: write the service in lower case",
        )
    } else if !is_account(arn.account) {
        let account = shown(arn.account);
        (format!("`{account}` in `{written}` is no account"), "an account id has twelve digits")
    } else if !is_region(arn.region) {
        let region = shown(arn.region);
        (format!("`{region}` in `{written}` is no region"), "a region is written as `eu-west-1`")
    } else {
        return None;
    };
    Some((Severity::Error, message, help))
}

/// A field that is empty, and that every resource of the types it meets has.
fn missing_field(arn: &Arn<'_>, written: &str, met: &Met) -> Option<Problem> {
    let formats: Vec<Arn<'_>> =
        met.formats.iter().filter_map(|format| Arn::parse(format)).collect();
    if formats.is_empty() || WITHOUT_ACCOUNT.contains(&arn.service) {
        return None;
    }
    let (field, help) =
        if arn.account.is_empty() && formats.iter().all(|one| !one.account.is_empty()) {
            ("account", "put the account id, or `*`, between the fourth and the fifth colon")
        } else if arn.region.is_empty() && formats.iter().all(|one| !one.region.is_empty()) {
            ("region", "put the region, or `*`, between the third and the fourth colon")
        } else {
            return None;
        };
    let message = format!("`{written}` has no {field}, and every resource of its type has one");
    Some((Severity::Warning, message, help))
}

/// Nothing, twelve digits, a pattern, or the name of an owner at AWS (`aws`, `cloudfront`).
fn is_account(text: &str) -> bool {
    text.is_empty()
        || AccountId::parse(text).is_some()
        || text.contains(['*', '?', '$'])
        || (text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
}

/// Nothing, a pattern, or words and a number: `us-gov-east-1`.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_word =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let named = parts.split_last().is_some_and(|(last, words)| {
        words.len() >= 2
            && words.iter().all(is_word)
            && !last.is_empty()
            && last.bytes().all(|byte| byte.is_ascii_digit())
    });
    text.is_empty() || named || text.contains(['*', '?', '$']) || text == "global"
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::validate::check::check;

    fn on(action: &str, resource: &str, wrong: bool) {
        let statement =
            format!(r#"{{"Effect":"Allow","Action":"{action}","Resource":"{resource}"}}"#);
        check(&RULE, &statement, if wrong { std::slice::from_ref(&resource) } else { &[] });
    }

    #[test]
    fn fields_that_are_missing_or_wrong() {
        on("sqs:SendMessage", "arn:aws:sqs:eu-west-1::queue", true);
        on("sqs:SendMessage", "arn:aws:sqs::111122223333:queue", true);
        on("sqs:SendMessage", "arn:aws:sqs:eu-west-1:1111222233334:queue", true);
        on("sqs:SendMessage", "arn:aws:sqs:Ireland:111122223333:queue", true);
        on("sqs:SendMessage", "arn:aws:SQS:eu-west-1:111122223333:queue", true);
        on("iam:PassRole", "arn:aws:iam::STAGING_ACCOUNT:role/x", true);
    }

    #[test]
    fn fields_that_may_be_empty_or_are_patterns() {
        on("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:queue", false);
        on("sqs:SendMessage", "arn:aws:sqs:*:*:queue", false);
        on("s3:GetObject", "arn:aws:s3:::bucket/*", false);
        on("iam:PassRole", "arn:aws:iam::111122223333:role/x", false);
        on("iam:AttachRolePolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess", false);
        on("ssm:GetParameter", "arn:aws:ssm:us-gov-east-1::parameter/aws/service/x", false);
        on("ec2:RunInstances", "arn:aws:ec2:us-east-1::image/ami-1", false);
        on("apigateway:GET", "arn:aws:apigateway:us-east-1::/restapis", false);
    }
}
