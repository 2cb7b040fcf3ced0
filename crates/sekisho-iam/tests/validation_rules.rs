//! The table of rules for people, held against the rules; and what a hostile policy may cost.

#![expect(clippy::disallowed_methods, reason = "the test reads and writes the committed page")]

use sekisho_iam::validate::{RULES, Rule, validate};
use sekisho_iam::{Document, PolicyKind};
use sekisho_tree::Severity;
use std::collections::BTreeSet;
use std::path::Path;

/// What stands above the table.
const HEAD: &str = "\
# What is found in policies

Findings about policies that AWS would store. Each rule is a file of
`crates/sekisho-iam/src/validate/rules`, where its reasons and its cases stand. This page is made of the
rules' own table: `SEKISHO_BLESS=1 cargo test -p sekisho-iam --test validation_rules` writes it anew.

An **error** can never work, a **warning** probably does not do what was meant, a **note** is worth
knowing. The last column but one is the issue code of the same check of
[IAM Access Analyzer](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html), where it has one.

| rule | severity | what it finds | IAM Access Analyzer | source |
|---|---|---|---|---|
";

/// The table of all rules, for people: `docs/validation-rules.md`.
fn page() -> String {
    RULES.iter().map(|rule| row(rule)).fold(HEAD.to_owned(), |page, row| page + &row)
}

fn row(rule: &Rule) -> String {
    let (id, severity, title) = (rule.id, rule.severity.name(), rule.title);
    let analyzer = rule.analyzer.map_or(String::new(), |code| format!("`{code}`"));
    let name = rule.page.rsplit('/').next().unwrap_or_default().trim_end_matches(".html");
    let link = format!("[{name}](https://docs.aws.amazon.com/{})", rule.page);
    format!("| `{id}` | {severity} | {title} | {analyzer} | {link} |\n")
}

/// `SEKISHO_BLESS=1` writes the page instead.
#[test]
fn the_page_is_what_the_rules_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("../../docs/validation-rules.md");
    if std::env::var("SEKISHO_BLESS").is_ok() {
        std::fs::write(&path, page()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, page(), "write the page anew with SEKISHO_BLESS=1");
}

#[test]
fn a_rule_is_known_by_its_file() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/validate/rules");
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len(), "two rules have one id");
    for id in ids {
        let file = rules.join(format!("{}.rs", id.replace('-', "_")));
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(text.contains(&format!("id: \"{id}\"")), "{} is not of `{id}`", file.display());
        assert!(text.contains("mod tests"), "`{id}` has no tests");
    }
}

/// Policies of the forms that AWS's own guides teach are found to be in order.
#[test]
fn what_aws_teaches_is_quiet() {
    use PolicyKind::{Bucket, Key, RoleInline, Scp, Trust};
    for (kind, statements) in [
        // A bucket and its objects; a home directory; listing all buckets in the console.
        (
            RoleInline,
            r#"{"Effect":"Allow","Action":["s3:ListBucket","s3:GetObject"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]},
            {"Effect":"Allow","Action":["s3:ListAllMyBuckets","s3:GetBucketLocation"],"Resource":"arn:aws:s3:::*"},
            {"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::b","Condition":{"StringLike":{"s3:prefix":["","home/","home/${aws:username}/*"]}}}"#,
        ),
        // Own credentials only with a second factor.
        (
            RoleInline,
            r#"{"Effect":"Allow","Action":["iam:CreateAccessKey","iam:ListAccessKeys"],"Resource":"arn:aws:iam::*:user/${aws:username}"},
            {"Effect":"Deny","NotAction":["iam:ListMFADevices","sts:GetSessionToken"],"Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}"#,
        ),
        // A role for one service; tags that must be there, and no others.
        (
            RoleInline,
            r#"{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::111122223333:role/app","Condition":{"StringEquals":{"iam:PassedToService":"ecs-tasks.amazonaws.com"}}},
            {"Effect":"Allow","Action":"ec2:CreateTags","Resource":"arn:aws:ec2:*:*:instance/*","Condition":{"StringEquals":{"aws:RequestTag/team":"x"},"ForAllValues:StringEquals":{"aws:TagKeys":["team"]}}}"#,
        ),
        (
            Scp,
            r#"{"Effect":"Deny","NotAction":["iam:*","organizations:*","sts:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1"]},"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/admin"}}}"#,
        ),
        (
            Bucket,
            r#"{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}},
            {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::b/AWSLogs/111122223333/*","Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control","aws:SourceArn":"arn:aws:cloudtrail:eu-west-1:111122223333:trail/t"}}}"#,
        ),
        (
            Key,
            r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"},
            {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/app"},"Action":["kms:CreateGrant","kms:ListGrants","kms:RevokeGrant"],"Resource":"*","Condition":{"Bool":{"kms:GrantIsForAWSResource":"true"}}}"#,
        ),
        (
            Trust,
            r#"{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity",
            "Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"},"StringLike":{"token.actions.githubusercontent.com:sub":"repo:o/r:*"}}}"#,
        ),
        (
            Trust,
            r#"{"Effect":"Allow","Principal":{"Federated":"cognito-identity.amazonaws.com"},"Action":"sts:AssumeRoleWithWebIdentity",
            "Condition":{"StringEquals":{"cognito-identity.amazonaws.com:aud":"eu-west-1:x"},"ForAnyValue:StringLike":{"cognito-identity.amazonaws.com:amr":"authenticated"}}}"#,
        ),
        (
            Trust,
            r#"{"Effect":"Allow","Principal":{"Service":"codebuild.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"},"ArnLike":{"aws:SourceArn":"arn:aws:codebuild:*:111122223333:project/*"}}}"#,
        ),
    ] {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
        let document = Document::from_json(&text, kind).document.unwrap();
        let found = validate(&document, kind);
        let grave: Vec<_> = found.iter().filter(|one| one.severity > Severity::Note).collect();
        assert!(grave.is_empty(), "{kind:?} {statements}\n{grave:#?}");
    }
}

/// Every rule has work to do in one of these; each must end within its allowance.
#[test]
fn a_hostile_policy_is_judged() {
    for text in hostile() {
        let read = Document::from_json(&text, PolicyKind::Resource);
        let document = read.document.unwrap_or_else(|| panic!("{:?}", read.diagnostics.first()));
        let found = validate(&document, PolicyKind::Resource);
        assert!(found.len() <= 20 * RULES.len(), "{} findings", found.len());
        assert!(!found.is_empty());
    }
}

/// Policies as long as a text may be, each hard in its own way.
fn hostile() -> Vec<String> {
    let many = |count: usize, item: &dyn Fn(usize) -> String| {
        (0..count).map(item).collect::<Vec<_>>().join(",")
    };
    let policy =
        |statements: String| format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
    let head = r#""Effect":"Allow","Principal":"*""#;
    let stars = "*a".repeat(60);
    vec![
        policy(format!(
            r#"{{{head},"Action":[{}],"Resource":[{}]}}"#,
            many(4_000, &|at| format!(r#""ec2:{stars}{at}*""#)),
            many(4_000, &|at| format!(r#""arn:aws:ec2:*:*:{stars}{at}""#)),
        )),
        policy(format!(
            r#"{{{head},"Action":[{}],"Resource":"*"}}"#,
            many(8_000, &|at| format!(r#""ec2:RunInstances{at}""#)),
        )),
        policy(many(1_000, &|at| {
            format!(
                r#"{{{head},"Action":["ec2:*","s3:*","iam:*","*:Get*"],"Resource":"arn:aws:ec2:*:*:x{at}",
                "Condition":{{"StringEquals":{{"kms:ViaService":"{at}","s3:prefix":"x"}}}}}}"#
            )
        })),
        policy(format!(
            r#"{{{head},"Action":"ec2:*","Resource":"*","Condition":{{"StringLike":{{{}}}}}}}"#,
            many(8_000, &|at| format!(r#""kms:EncryptionContext:{at}":"{stars}""#)),
        )),
        policy(format!(
            r#"{{{head},"Action":"ec2:*","Resource":"*","Condition":{{"StringLike":{{"aws:userid":[{}]}},"StringNotLike":{{"aws:userid":[{}]}},"StringEquals":{{"aws:userid":[{}]}}}}}}"#,
            many(2_600, &|at| format!(r#""{stars}{at}""#)),
            many(2_600, &|at| format!(r#""{at}{stars}""#)),
            many(2_600, &|at| format!(r#""{}{at}""#, "a".repeat(120))),
        )),
        policy(format!(
            r#"{{{head},"Action":"*","Resource":["arn:aws:s3:::{}*{}"]}}"#,
            "*".repeat(300_000),
            "${aws:username}".repeat(30_000),
        )),
        policy(many(1_000, &|at| {
            format!(
                r#"{{{head},"Action":"x{at}:y","Resource":"*","Condition":{{"StringEquals":{{"aws:SourceAcount{at}":"1"}}}}}}"#
            )
        })),
    ]
}
