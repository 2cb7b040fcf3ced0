//! The advice on a denial, for everything that can keep a statement from matching.

use crate::support::sekisho_reading;

const KEY: &str = "arn:aws:kms:us-east-1:111111111111:key/k";

/// The nearest miss of a request, whose `policies` are given.
fn nearest_miss(caller: &str, context: &str, policies: &str) -> String {
    let text = format!(
        "request: {{caller: '{caller}', action: kms:Decrypt, resource: '{KEY}', context: {{{context}}}}}\n\
         policies:\n{policies}\n"
    );
    let ran = sekisho_reading(&["explain", "-"], text.as_bytes());
    assert_eq!(ran.code, Some(1), "{text}\n{}", ran.shown());
    let (_, advice) = ran.out.split_once("\nnearest miss:").unwrap();
    format!("{}\n", advice.trim_end())
}

const ROLE: &str = "arn:aws:iam::111111111111:role/worker";

/// A key policy that lets identity policies decide.
const DELEGATES: &str = "
  resource:
    Version: 2012-10-17
    Statement:
      - {Effect: Allow, Principal: {AWS: '111111111111'}, Action: 'kms:*', Resource: '*'}";

fn identity(statement: &str) -> String {
    format!("{DELEGATES}\n  identity:\n    - {{Version: 2012-10-17, Statement: [{statement}]}}")
}

fn key_policy(statement: &str) -> String {
    format!("  resource: {{Version: 2012-10-17, Statement: [{statement}]}}")
}

#[test]
fn elements_that_do_not_cover_the_request() {
    let mut shown = String::new();
    for statement in [
        "{Effect: Allow, Action: 'kms:Encrypt', Resource: 'arn:aws:kms:us-east-1:111111111111:key/k'}",
        "{Effect: Allow, Action: ['kms:Encrypt', 'kms:DescribeKey'], Resource: 'arn:aws:kms:us-east-1:111111111111:key/k'}",
        "{Effect: Allow, NotAction: 'kms:*', Resource: 'arn:aws:kms:us-east-1:111111111111:key/k'}",
        "{Effect: Allow, Action: 'kms:*', Resource: 'arn:aws:kms:us-east-1:222222222222:key/*'}",
        "{Effect: Allow, Action: 'kms:*', Resource: ['arn:aws:kms:us-east-1:111111111111:key/a', 'arn:aws:kms:us-east-1:111111111111:key/b']}",
        "{Effect: Allow, Action: 'kms:*', NotResource: 'arn:aws:kms:us-east-1:111111111111:*'}",
    ] {
        shown.push_str(&nearest_miss(ROLE, "", &identity(statement)));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn conditions_that_do_not_hold() {
    let mut shown = String::new();
    for (condition, context) in [
        ("StringEquals: {'kms:ViaService': [a, b]}", "'kms:ViaService': c"),
        ("StringNotEquals: {'kms:ViaService': [a, b]}", "'kms:ViaService': a"),
        ("StringEqualsIfExists: {'kms:ViaService': a}", "'kms:ViaService': c"),
        ("StringEquals: {'kms:ViaService': a}", ""),
        ("'ForAnyValue:StringEquals': {'aws:TagKeys': a}", ""),
        ("'ForAllValues:StringEquals': {'aws:TagKeys': a}", "'aws:TagKeys': [a, b]"),
        ("'Null': {'kms:ViaService': false}", ""),
        ("'Null': {'kms:ViaService': true}", "'kms:ViaService': c"),
    ] {
        let statement = format!(
            "{{Effect: Allow, Action: 'kms:*', Resource: '*', Condition: {{{condition}}}}}"
        );
        shown.push_str(&nearest_miss(ROLE, context, &identity(&statement)));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn principals_that_are_not_named() {
    let mut shown = String::new();
    for (caller, principal) in [
        (ROLE, "{AWS: 'arn:aws:iam::111111111111:role/other'}"),
        ("arn:aws:sts::222222222222:federated-user/bob", "{AWS: '333333333333'}"),
        ("cloudtrail.amazonaws.com", "{Service: 'logs.amazonaws.com'}"),
    ] {
        let statement = format!(
            "{{Effect: Allow, Principal: {principal}, Action: 'kms:Decrypt', Resource: '*'}}"
        );
        shown.push_str(&nearest_miss(caller, "", &key_policy(&statement)));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_statement_that_would_give_too_much_is_left_alone() {
    let root = "{Effect: Allow, Principal: {AWS: '222222222222'}, Action: 'kms:*', Resource: '*'}";
    let via = "{Effect: Allow, Principal: {AWS: '111111111111'}, Action: 'kms:Decrypt', \
               Resource: '*', Condition: {StringEquals: {'kms:ViaService': a}}}";
    let all = "{Effect: Allow, Action: 'kms:Encrypt', Resource: '*'}";
    let mut shown = String::new();
    for policies in [key_policy(root), key_policy(&format!("{root}, {via}")), identity(all)] {
        shown.push_str(&nearest_miss(ROLE, "", &policies));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_key_that_aws_always_sends_was_forgotten() {
    let region = "Condition: {StringNotEquals: {'aws:requestedregion': eu-west-1}}";
    let tls = "Condition: {Bool: {'aws:SecureTransport': true}}";
    let denied = format!("{{Effect: Deny, Action: 'kms:*', Resource: '*', {region}}}");
    let allowed = format!("{{Effect: Allow, Action: 'kms:*', Resource: '*', {tls}}}");
    insta::assert_snapshot!(nearest_miss(ROLE, "", &identity(&format!("{allowed}, {denied}"))));
}

#[test]
fn denies_that_match() {
    let mut shown = String::new();
    for deny in [
        "{Sid: Never, Effect: Deny, Action: 'kms:Decrypt', Resource: '*'}",
        "{Effect: Deny, Action: 'kms:*', Resource: '*', Condition: {StringEquals: {'aws:PrincipalAccount': '111111111111'}}}",
        "{Effect: Deny, Action: 'kms:*', Resource: '*', Condition: {StringNotEquals: {'kms:ViaService': a}}}",
        "{Effect: Deny, Action: 'kms:*', Resource: '*', Condition: {'Null': {'kms:ViaService': true}}}",
    ] {
        let both = format!("{{Effect: Allow, Action: 'kms:*', Resource: '*'}}, {deny}");
        shown.push_str(&nearest_miss(ROLE, "", &identity(&both)));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn layers_without_a_statement_to_repair() {
    let allow =
        "{Version: 2012-10-17, Statement: [{Effect: Allow, Action: 'kms:*', Resource: '*'}]}";
    let other =
        "{Version: 2012-10-17, Statement: [{Effect: Allow, Action: 'sqs:*', Resource: '*'}]}";
    let mut shown = String::new();
    for more in [
        "".to_owned(),
        format!("  identity: [{allow}]\n  session: []"),
        format!(
            "  identity: [{allow}]\n  endpoint: {{Version: 2012-10-17, Statement: [{{Effect: Allow, Principal: '*', Action: 'sqs:*', Resource: '*'}}]}}"
        ),
        format!("  identity: [{other}]\n  boundary: {other}\n  scps: [[{allow}], [{other}]]"),
    ] {
        shown.push_str(&nearest_miss(ROLE, "", &format!("{DELEGATES}\n{more}")));
    }
    shown.push_str(&nearest_miss(ROLE, "", "  {}"));
    insta::assert_snapshot!(shown);
}

#[test]
fn what_policies_do_not_decide() {
    let answer = |caller: &str, action: &str, resource: &str| {
        let text = format!(
            "request: {{caller: '{caller}', action: '{action}', resource: '{resource}'}}\npolicies: {{}}\n"
        );
        sekisho_reading(&["explain", "-"], text.as_bytes())
    };
    let free = answer("arn:aws:iam::111111111111:user/u", "sts:GetCallerIdentity", "*");
    assert_eq!(free.code, Some(0), "{}", free.shown());
    assert!(free.out.contains("AWS asks for no permission here"), "{}", free.shown());
    let root = answer("111111111111", "sts:AssumeRole", ROLE);
    assert_eq!(root.code, Some(1), "{}", root.shown());
    assert!(root.out.contains("nearest miss: no policy can allow it"), "{}", root.shown());
}
