//! Whatever is given to the program, it says where the trouble is, ends with 3 and does not panic.

use std::fs;
use std::path::PathBuf;

use crate::support::{Ran, sekisho, sekisho_reading};

/// Explains a text from stdin.
fn explain(text: impl AsRef<[u8]>) -> Ran {
    let ran = sekisho_reading(&["explain", "-"], text.as_ref());
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    ran
}

/// A request that is whole but for its `caller`, `action` and `resource`.
fn request(caller: &str, action: &str, resource: &str) -> String {
    format!(
        "{{\"request\": {{\"caller\": {caller}, \"action\": {action}, \"resource\": {resource}}}}}"
    )
}

const ROLE: &str = "\"arn:aws:iam::111111111111:role/r\"";

#[test]
fn what_cannot_be_read_is_pointed_at() {
    let key = "\"arn:aws:kms:us-east-1:111111111111:key/k\"";
    for (text, place) in [
        (Vec::new(), "<stdin>:1:1"),
        (b"a: 1\nb: x\xff".to_vec(), "<stdin>:2:5"),
        (vec![b'a'; 10_000_000], "<stdin>:1:1"),
        ("[".repeat(10_000).into(), "<stdin>:1:129"),
        (format!("a: {}{}", "[".repeat(10_000), "]".repeat(10_000)).into(), "<stdin>:1:132"),
        ("{\"a\": ".repeat(10_000).into(), "<stdin>:1:"),
        ("- a".into(), "<stdin>:1:1"),
        ("title: x".into(), "<stdin>:1:1"),
        ("{\"request\": {}, \"request\": {}}".into(), "<stdin>:1:17"),
        (request("5", "\"kms:Decrypt\"", key).into(), "<stdin>:1:24"),
        (request(ROLE, "\"kms:Decrypt\"", "\"arn:aws:kms\"").into(), "<stdin>:1:97"),
        (request("\"arn:aws:iam\"", "\"kms:Decrypt\"", key).into(), "<stdin>:1:24"),
        (request(ROLE, "\"kmsDecrypt\"", key).into(), "<stdin>:1:70"),
        (request(ROLE, "\"s3:GetObject\"", "\"arn:aws:s3:::b/k\"").into(), "<stdin>:1:98"),
    ] {
        let ran = explain(&text);
        let shown = String::from_utf8_lossy(text.get(..80).unwrap_or(&text)).into_owned();
        assert_eq!(ran.code, Some(3), "{shown}\n{}", ran.shown());
        assert!(ran.err.contains(&format!("--> {place}")), "{shown}\n{}", ran.shown());
        assert_eq!(ran.out, "", "{shown}");
    }
}

#[test]
fn a_context_value_may_not_be_endless() {
    let request = |bytes| {
        format!(
            "request:\n  caller: arn:aws:iam::111111111111:role/r\n  action: sqs:SendMessage\n  \
             resource: arn:aws:sqs:us-east-1:111111111111:q\n  context:\n    aws:UserAgent: '{}'\n",
            "a".repeat(bytes)
        )
    };
    assert_eq!(explain(request(16_384)).code, Some(1));
    let ran = explain(request(16_385));
    assert_eq!(ran.code, Some(3), "{}", ran.shown());
    assert!(ran.err.contains("--> <stdin>:6:"), "{}", ran.shown());
    assert!(ran.err.contains("`aws:UserAgent` has 16385 bytes"), "{}", ran.shown());
}

#[test]
fn all_mistakes_are_said_at_once() {
    insta::assert_snapshot!(
        explain(
            "\
titel: everything is wrong
request:
  caler: arn:aws:iam::111111111111:role/r
  action: s3GetObject
  resource: {arn: 'arn:aws:s3', account: '1', bucket-abac: yes}
  context: {aws:foo: null, Aws:Foo: [1, [2]]}
policies:
  identity:
    - no-such-file.json
    - {name: neither}
    - {Version: 2012-10-17, Statement: [{Effect: Allow, Action: 's3:*'}]}
    - !Sub '${x}'
  boundry: b.json
  session: a.json
  scps: [a.json]
  grants:
    - {grantee: 5, operations: Decrypt}
    - {grantee: x, operations: [Decrypt], constraint: {equals: {}, subset: {a: 1}}}
  restrict-public-buckets: yes
  management-account: 123
"
        )
        .shown()
    );
}

#[test]
fn callers_that_do_not_fit_their_form_are_refused() {
    let mut shown = String::new();
    for caller in [
        "{role: 'arn:aws:iam::111111111111:user/u'}",
        "{user: 'arn:aws:iam::111111111111:user/u', session: s}",
        "{session: s}",
        "{service: nobody}",
        "{}",
        "[]",
        "null",
    ] {
        let ran = explain(request(caller, "'sts:GetCallerIdentity'", "'*'"));
        assert_eq!(ran.code, Some(3), "{caller}");
        shown.push_str(&ran.err);
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_context_that_contradicts_the_request_is_refused() {
    let text = "\
request:
  caller: arn:aws:iam::111111111111:role/r
  action: kms:Decrypt
  resource: arn:aws:kms:us-east-1:111111111111:key/k
  context:
    aws:principalarn: arn:aws:iam::111111111111:role/other
";
    insta::assert_snapshot!(explain(text).shown());
}

#[test]
fn names_that_aws_does_not_have_are_noted_and_taken() {
    let text = "\
request:
  caller: arn:aws:iam::111111111111:role/r
  action: kms:Decript
  resource: arn:aws:kms:us-east-1:111111111111:key/k
  context: {kms:ViaServise: s3.us-east-1.amazonaws.com, aws:ResourceTag/team: blue}
";
    let ran = explain(text);
    assert_eq!(ran.code, Some(1));
    insta::assert_snapshot!(ran.err);
}

#[test]
fn text_from_a_file_cannot_reach_the_terminal_as_control_characters() {
    let text = "{\"title\": \"\\u001b[2Jgone\\nALLOWED\", \"request\": {\"caller\": \"anonymous\", \
                \"action\": \"sqs:SendMessage\", \"resource\": \"arn:aws:sqs:us-east-1:111111111111:q\"}}";
    let ran = explain(text);
    assert_eq!(ran.code, Some(1), "{}", ran.shown());
    assert!(ran.out.contains("␛[2Jgone␊ALLOWED"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'), "{}", ran.out);
}

#[test]
fn files_that_cannot_be_opened_are_named() {
    for (path, why) in [
        ("no/such/file.yaml", "there is no such file"),
        ("docs", "it is a directory, not a file"),
        ("Cargo.toml/x", "a part of its path is not a directory"),
        ("/dev/zero", "it is longer than 1048576 bytes"),
    ] {
        for verb in [["explain"].as_slice(), &["policy", "validate"]] {
            let args: Vec<&str> = verb.iter().copied().chain([path]).collect();
            let ran = sekisho(&args);
            assert_eq!(ran.code, Some(3), "{path}\n{}", ran.shown());
            assert!(ran.err.contains(why) && ran.err.contains(path), "{path}\n{}", ran.shown());
        }
    }
}

#[test]
fn mistakes_in_a_policy_file_are_shown_in_that_file() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    fs::write(folder.join("broken.json"), "{\"Version\": \"2012-10-17\",\n \"Statement\": [,]}")
        .unwrap();
    let case = folder.join("case.yaml");
    let text = "\
request: {caller: anonymous, action: 'sqs:SendMessage', resource: 'arn:aws:sqs:us-east-1:111111111111:q'}
policies: {resource: broken.json}
";
    fs::write(&case, text).unwrap();
    let ran = sekisho(&["explain", case.to_str().unwrap()]);
    assert_eq!(ran.code, Some(3), "{}", ran.shown());
    assert!(ran.err.contains("broken.json:2:16"), "{}", ran.err);
}

#[test]
fn a_file_for_another_command_is_called_what_it_is() {
    let mut shown = String::new();
    for text in ["{Version: 2012-10-17, Statement: []}", "{Resources: {}, Outputs: {}}"] {
        shown.push_str(&explain(text).shown());
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn an_inline_policy_needs_no_version() {
    let ran = explain(
        "request: {caller: 'arn:aws:iam::111111111111:role/r', action: 'sqs:SendMessage', \
         resource: 'arn:aws:sqs:us-east-1:111111111111:q'}\n\
         policies: {identity: [{Statement: [{Effect: Allow, Action: 'sqs:*', Resource: '*'}]}]}",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.shown());
}
