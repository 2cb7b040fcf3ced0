//! What AWS itself answers to a policy it refuses: its error code and its text, for the wire.
//!
//! AWS names one problem, and each service in its own words and order. The tables give, for each of
//! our diagnostics, AWS's text and the step in which the service looks for it: the first step that
//! finds something answers, and within a step the first place in the text. What has no row of its
//! own is answered with the service's general text.
//!
//! Sources: messages of IAM recorded by the moto project (tests/test_iam/test_iam_policies.py; its
//! cases fix the order of the steps too); the API references of IAM, STS, KMS, Organizations, S3,
//! EC2 and Secrets Manager for codes and general texts; public reports for the rest, named at the row.
//! A row that says so rests on memory and wants a record.

use sekisho_tree::{Diagnostic, Severity};

mod answers;

use answers::{Answers, EC2, IAM, KMS, ORGANIZATIONS, OTHER, RESOURCES, Row, S3, TRUST};

use super::PolicyKind;

/// AWS's answer to a policy it refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// The error code: `MalformedPolicyDocument` …
    pub code: &'static str,
    /// The text.
    pub message: String,
}

/// What AWS answers to a policy of `kind` with these problems; `None` where it takes it.
pub fn malformed(kind: PolicyKind, diagnostics: &[Diagnostic]) -> Option<Malformed> {
    let answers = answers(kind);
    let errors = diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let told = errors.map(|found| (row_of(answers, found), found));
    let (row, found) = told.min_by_key(|(row, found)| order(*row, found))?;
    let own = answers.codes.iter().find(|(problem, _)| *problem == found.code);
    let code = own.map_or(answers.code, |(_, code)| code);
    Some(match (row, found.code) {
        (None, "policy-too-long") => too_long(kind),
        (None, _) => Malformed { code, message: answers.text.to_owned() },
        (Some((_, _, text)), _) => Malformed { code, message: worded(text, &found.message) },
    })
}

/// What is answered before what: by step, then by place; of several resources by the alphabet
/// (tests/test_iam/test_iam_policies.py of moto lists them so).
fn order<'a>(row: Option<&Row>, found: &'a Diagnostic) -> (u8, &'a str, u32) {
    let step = row.map_or(0, |row| row.0);
    let name = match row {
        Some(row) if step == RESOURCES && row.1.starts_with("resource-") => {
            found.message.split('`').nth(1).unwrap_or_default()
        }
        _ => "",
    };
    (step, name, found.span.start)
}

fn answers(kind: PolicyKind) -> &'static Answers {
    use PolicyKind as K;
    match kind {
        K::Managed | K::UserInline | K::GroupInline | K::RoleInline | K::Session => &IAM,
        K::Trust => &TRUST,
        K::Scp | K::Rcp => &ORGANIZATIONS,
        K::Bucket => &S3,
        K::Key => &KMS,
        K::Endpoint => &EC2,
        K::Resource => &OTHER,
    }
}

/// The row of a diagnostic; those of the JSON reader share one, or two where it could not begin.
fn row_of(answers: &'static Answers, found: &Diagnostic) -> Option<&'static Row> {
    let problem = match found.code {
        code if !code.starts_with("json-") && code != "empty-text" => code,
        _ if found.span.start == 0 => "json at once",
        _ => "json",
    };
    answers.rows.iter().find(|row| row.1 == problem)
}

/// IAM's quotas: what `PutRolePolicy` and its kin say ends with the name of the user, group or role,
/// which whoever serves them appends.
fn too_long(kind: PolicyKind) -> Malformed {
    let size = super::limits::limit(kind).map_or(0, |limit| limit.size);
    let inline = |of: &str| format!("Maximum policy size of {size} bytes exceeded for {of}");
    let (code, message) = match kind {
        PolicyKind::UserInline => ("LimitExceeded", inline("user")),
        PolicyKind::GroupInline => ("LimitExceeded", inline("group")),
        PolicyKind::RoleInline => ("LimitExceeded", inline("role")),
        PolicyKind::Trust => {
            ("LimitExceeded", format!("Cannot exceed quota for ACLSizePerRole: {size}"))
        }
        PolicyKind::Managed => {
            ("LimitExceeded", format!("Cannot exceed quota for PolicySize: {size}"))
        }
        PolicyKind::Session => (
            "ValidationError",
            format!(
                "1 validation error detected: Value at 'policy' failed to satisfy constraint: \
                 Member must have length less than or equal to {size}"
            ),
        ),
        _ => (answers(kind).code, answers(kind).text.to_owned()),
    };
    Malformed { code, message }
}

/// The text with what stands in the backticks of our message.
fn worded(text: &str, message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let (first, second) = (quoted.next().unwrap_or_default(), quoted.next().unwrap_or_default());
    let mut worded = String::new();
    for (at, piece) in text.split('{').enumerate() {
        match piece.split_once('}') {
            Some(("0", rest)) => worded.extend([first, rest]),
            Some(("1", rest)) => worded.extend([second, rest]),
            Some(("KEY", rest)) => worded.extend([&first.to_ascii_uppercase(), rest]),
            Some(("partition", rest)) => {
                worded.extend([first.split(':').nth(1).unwrap_or_default(), rest]);
            }
            Some(("arn", rest)) => worded.extend([&padded(first), rest]),
            _ if at == 0 => worded.push_str(piece),
            _ => worded.extend(["{", piece]),
        }
    }
    worded
}

/// How IAM repeats something that is not an ARN: `arn:`, its fields from the second on, and `*` for
/// those it does not have.
fn padded(resource: &str) -> String {
    let mut fields: Vec<_> = resource.splitn(6, ':').skip(1).collect();
    fields.resize(5, "*");
    format!("arn:{}", fields.join(":"))
}

#[cfg(test)]
mod tests {
    use sekisho_tree::Span;

    use super::*;

    fn error(code: &'static str, at: usize, message: &str) -> Diagnostic {
        Diagnostic::error(code, Span::new(at, at + 1), message)
    }

    #[test]
    fn what_is_not_json_comes_first_and_steps_before_places() {
        let mut problems = vec![
            error("missing-resource", 1, "x"),
            error("action-vendor", 5, "`a a` is no service prefix"),
            error("action-colons", 9, "x"),
        ];
        let told = malformed(PolicyKind::Managed, &problems).unwrap();
        assert_eq!(told.message, "Vendor a a is not valid");
        problems.push(error("json-comment", 20, "x"));
        let told = malformed(PolicyKind::Managed, &problems).unwrap();
        assert_eq!(told.message, "Syntax errors in policy.");
    }

    #[test]
    fn a_policy_with_warnings_is_taken() {
        let warning = Diagnostic::warning("short-arn", Span::default(), "x");
        assert_eq!(malformed(PolicyKind::Managed, &[warning]), None);
    }

    #[test]
    fn iam_repeats_what_is_no_arn_with_stars() {
        for (resource, text) in [
            ("a:bsdf", "Partition \"bsdf\" is not valid for resource \"arn:bsdf:*:*:*:*\"."),
            ("aws:s3:::b", "Partition \"s3\" is not valid for resource \"arn:s3:::b:*\"."),
            ("a:b:c:d:e:f:g:h", "Partition \"b\" is not valid for resource \"arn:b:c:d:e:f:g:h\"."),
        ] {
            let problem =
                error("resource-partition", 0, &format!("`{resource}` names no partition"));
            assert_eq!(malformed(PolicyKind::Managed, &[problem]).unwrap().message, text);
        }
    }

    #[test]
    fn s3_tells_a_text_that_does_not_begin_from_one_that_breaks_off() {
        let told = |at| malformed(PolicyKind::Bucket, &[error("json-comment", at, "x")]).unwrap();
        assert!(told(0).message.ends_with("the first byte must be '{'"));
        assert_eq!(told(3).message, "This policy contains invalid Json");
    }

    #[test]
    fn lengths_are_answered_with_the_quota() {
        let problem = error("policy-too-long", 6_144, "x");
        let told = malformed(PolicyKind::Managed, &[problem]).unwrap();
        assert_eq!(
            (told.code, &*told.message),
            ("LimitExceeded", "Cannot exceed quota for PolicySize: 6144")
        );
    }

    #[test]
    fn a_problem_has_one_row() {
        for answers in [&IAM, &TRUST, &ORGANIZATIONS, &S3, &KMS, &EC2, &OTHER] {
            for (at, row) in answers.rows.iter().enumerate() {
                let same = answers.rows.iter().skip(at + 1).find(|other| other.1 == row.1);
                assert!(same.is_none(), "{} has two rows", row.1);
            }
        }
    }
}
