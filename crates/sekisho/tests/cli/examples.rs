//! Every example says what it promises, and shows it as it should.

use std::collections::BTreeSet;
use std::fs;

use crate::support::{root, sekisho, sekisho_reading};

/// Each example of `examples/requests/`, its exit code, and a word that its answer must hold: the
/// layer or the reason that decides.
const EXAMPLES: [(&str, i32, &str); 15] = [
    ("any-codepipeline-role-may-deploy", 0, "> trust policy "),
    ("artifact-read-from-wrong-bucket", 1, "> identity policies "),
    ("artifact-read-repaired", 0, "> bucket policy "),
    ("build-makes-data-key", 0, "> key policy "),
    ("build-makes-data-key-under-boundary", 1, "because no permissions boundary allows"),
    ("decrypt-not-through-s3", 1, "the request does not carry `kms:ViaService` at all"),
    ("deploy-role-trust-repaired", 0, "> trust policy "),
    ("deploy-role-wants-external-id", 1, "the request does not carry `sts:ExternalId` at all"),
    ("grant-lets-key-be-used", 0, "> KMS grants "),
    ("pipeline-lists-bucket", 1, "because no identity-based policy allows"),
    ("public-bucket-shut-to-strangers", 1, "> S3 Block Public Access  denies"),
    ("scp-level-lacks-allow", 1, "because no service control policy allows"),
    ("secret-without-version-stage", 1, "does not carry `secretsmanager:VersionStage` at all"),
    ("session-grant-passes-boundary", 0, "is overridden"),
    (
        "trap-upload-without-headers",
        1,
        "\"Null\": {\"s3:x-amz-server-side-encryption-aws-kms-key-id\": \"false\"}",
    ),
];

#[test]
fn examples_are_decided_as_they_promise() {
    for (name, code, word) in EXAMPLES {
        let ran = sekisho(&["explain", &format!("examples/requests/{name}.yaml")]);
        assert_eq!(ran.code, Some(code), "{name}\n{}", ran.shown());
        assert!(ran.out.contains(word), "{name} lacks {word}\n{}", ran.shown());
        assert_eq!(ran.err, "", "{name}");
        insta::assert_snapshot!(name, ran.out);
    }
}

#[test]
fn no_example_is_left_out() {
    let files = fs::read_dir(root().join("examples/requests")).unwrap();
    let files: BTreeSet<String> =
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    let known = EXAMPLES.map(|(name, ..)| format!("{name}.yaml"));
    assert_eq!(files, BTreeSet::from(known));
}

#[test]
fn programs_get_the_same_answer_as_json() {
    for (name, code, _) in EXAMPLES {
        let path = format!("examples/requests/{name}.yaml");
        let ran = sekisho(&["explain", "--format", "json", &path]);
        assert_eq!(ran.code, Some(code), "{name}");
        let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(answer["decision"] == "allowed", code == 0, "{name}");
        assert_eq!(answer["nearest_miss"].as_array().unwrap().is_empty(), code == 0, "{name}");
        assert_eq!(answer["aws_message"].is_null(), code == 0, "{name}");
    }
    let path = "examples/requests/deploy-role-wants-external-id.yaml";
    insta::assert_snapshot!("json", sekisho(&["explain", "--format=json", path]).out);
}

#[test]
fn the_documentation_shows_what_the_program_says() {
    let docs = fs::read_to_string(root().join("docs/explain.md")).unwrap();
    let ran = sekisho(&["explain", "examples/requests/deploy-role-wants-external-id.yaml"]);
    assert!(docs.contains(&ran.out), "docs/explain.md lacks this answer:\n{}", ran.out);
}

#[test]
fn what_holds_without_a_policy_is_said() {
    let text = "
request:
  caller: '111111111111'
  action: sqs:SendMessage
  resource: arn:aws:sqs:us-east-1:111111111111:q
policies:
  rcps: [[]]
";
    let ran = sekisho_reading(&["explain", "-"], text.as_bytes());
    assert_eq!(ran.code, Some(0), "{}", ran.shown());
    assert!(ran.out.contains("RCPFullAWSAccess, which is always attached"), "{}", ran.out);
    assert!(ran.out.contains("the root user may do what its account may"), "{}", ran.out);
}
