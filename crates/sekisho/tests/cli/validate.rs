//! `sekisho policy validate`: findings, guesses, sums and exit codes.

use crate::support::{Ran, sekisho, sekisho_reading};

fn validate(kind: Option<&str>, text: &str) -> Ran {
    let kind = kind.map(|kind| format!("--kind={kind}"));
    let args: Vec<&str> = ["policy", "validate", "-"].into_iter().chain(kind.as_deref()).collect();
    sekisho_reading(&args, text.as_bytes())
}

#[test]
fn faulty_policies_are_shown_with_every_fault() {
    let ran = sekisho(&[
        "policy",
        "validate",
        "examples/policies/faulty-role-policy.json",
        "examples/policies/faulty-trust.yaml",
    ]);
    assert_eq!(ran.code, Some(3));
    insta::assert_snapshot!(ran.shown());
}

#[test]
fn sound_policies_pass() {
    for (file, kind) in [
        ("code-build-policy", "identity"),
        ("pipeline-key", "key"),
        ("pipeline-permissions-boundary", "boundary"),
    ] {
        let path = format!("examples/policies/{file}.json");
        let ran = sekisho(&["policy", "validate", "--kind", kind, &path]);
        assert_eq!(ran.code, Some(0), "{}", ran.shown());
        assert!(!ran.out.contains("error"), "{}", ran.shown());
    }
}

#[test]
fn the_kind_decides_what_is_wrong() {
    let trust = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"Service": "codebuild.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"#;
    let guessed = validate(None, trust);
    assert_eq!(guessed.code, Some(0), "{}", guessed.shown());
    assert!(guessed.out.contains("taken for `--kind trust`"), "{}", guessed.out);
    let identity = validate(Some("identity"), trust);
    assert_eq!(identity.code, Some(3), "{}", identity.shown());
    assert!(!identity.out.contains("taken for"), "{}", identity.out);
}

#[test]
fn every_kind_can_be_asked_for() {
    for kind in [
        "identity",
        "role-inline",
        "user-inline",
        "group-inline",
        "boundary",
        "session",
        "scp",
        "rcp",
        "endpoint",
        "trust",
        "bucket",
        "key",
        "resource",
    ] {
        let ran = validate(Some(kind), "{}");
        assert_eq!(ran.code, Some(3), "{kind}: a policy without statements\n{}", ran.shown());
    }
}

#[test]
fn a_policy_that_aws_takes_may_still_be_wrong() {
    let policy = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Action": ["s3:GetObjct", "s3:ListBucket"], "Resource": "arn:aws:s3:::bucket/*"}]}"#;
    let ran = validate(Some("identity"), policy);
    assert_eq!(ran.code, Some(1), "{}", ran.shown());
    for expected in ["error[unknown-action]", "did you mean `s3:GetObject`", "s3:ListBucket"] {
        assert!(ran.out.contains(expected), "{expected}\n{}", ran.shown());
    }
}

#[test]
fn what_is_no_policy_text_is_unreadable_and_the_others_are_still_judged() {
    let ran = validate(None, "{\"Version\": ");
    assert_eq!(ran.code, Some(3), "{}", ran.shown());
    assert!(ran.out.contains("<stdin>:1:"), "{}", ran.out);
    let ran = sekisho(&[
        "policy",
        "validate",
        "no-such-file.json",
        "examples/policies/pipeline-key.json",
    ]);
    assert_eq!(ran.code, Some(3), "{}", ran.shown());
    assert!(ran.err.contains("no-such-file.json"), "{}", ran.err);
    assert!(ran.out.contains("in 1 file"), "{}", ran.out);
}

#[test]
fn programs_get_findings_as_json() {
    let path = "examples/policies/faulty-trust.yaml";
    let ran = sekisho(&["policy", "validate", "--format", "json", path]);
    assert_eq!(ran.code, Some(3));
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let findings = answer["files"][0]["findings"].as_array().unwrap();
    assert_eq!(answer["errors"], findings.len());
    insta::assert_snapshot!(ran.out);
}

#[test]
fn what_was_not_looked_at_is_not_called_sound() {
    let files = ["no-such-file.json", "examples/policies/code-build-policy.json"];
    for (more, summary) in [
        (0, "1 file could not be read\n"),
        (1, "nothing wrong in 1 file; 1 file could not be read\n"),
    ] {
        let args: Vec<&str> =
            ["policy", "validate"].into_iter().chain(files.into_iter().take(1 + more)).collect();
        let ran = sekisho(&args);
        assert_eq!(ran.code, Some(3), "{}", ran.shown());
        assert!(ran.out.ends_with(summary), "{}", ran.shown());
    }
    let ran = sekisho(&["policy", "validate", "--format", "json", "no-such-file.json"]);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer["unread"], 1, "{}", ran.shown());
}

#[test]
fn a_file_for_another_command_is_called_what_it_is() {
    let mut shown = String::new();
    for text in ["request: {caller: anonymous}", "{\"Resources\": {}, \"Parameters\": {}}"] {
        shown.push_str(&validate(None, text).shown());
    }
    insta::assert_snapshot!(shown);
}
