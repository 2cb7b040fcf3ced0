//! The cases that evaluators of IAM policies are known to get wrong.
//!
//! Sources: IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny
//! access", "AWS JSON policy elements: Principal" and "NotPrincipal", "Condition operators",
//! "Variables and tags"; KMS Developer Guide, "Default key policy"; Organizations User Guide, "SCP
//! evaluation"; Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage".
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use sekisho_iam::document::{PrincipalKind, Statement, Version};
use sekisho_iam::policies::{Grant, Policies, Policy};
use sekisho_iam::{AccountId, Caller, Context, Decision, LayerKind, LayerSet, Request, Resource};
use sekisho_spec::sketch::{
    allow, deny, document, matcher, policy, principal, to, to_all_but, when,
};

const ALICE: &str = "arn:aws:iam::111111111111:user/alice";
const BUILD: &str = "arn:aws:iam::111111111111:role/path/build";
const STRANGER: &str = "arn:aws:iam::222222222222:user/alice";
const ROOT: &str = "arn:aws:iam::111111111111:root";
const SESSION: &str = "arn:aws:sts::111111111111:assumed-role/build/run";
const QUEUE: &str = "arn:aws:sqs:us-east-2:111111111111:alice-queue";
const KEY: &str = "arn:aws:kms:us-east-1:111111111111:key/1234";
const TARGET: &str = "arn:aws:iam::111111111111:role/target";

const IDENTITY: LayerSet = LayerSet::only(LayerKind::Identity);
const RESOURCE: LayerSet = LayerSet::only(LayerKind::Resource);

/// The caller of that name; the role `build` with its path and a session.
fn caller(name: &str) -> Caller {
    match Caller::parse(name).unwrap() {
        Caller::Role(mut role) if name == BUILD => {
            role.session_name = Some("run".into());
            Caller::Role(role)
        }
        caller => caller,
    }
}

fn request(name: &str, action: &str, arn: &str, context: Context) -> Request {
    let mut resource = Resource::new(arn);
    resource.account = AccountId::parse("111111111111");
    Request::new(caller(name), action, resource, context).unwrap()
}

fn send(name: &str, policies: &Policies) -> Decision {
    let request = request(name, "sqs:SendMessage", QUEUE, Context::new());
    sekisho_spec::decide(&request, policies)
}

fn identity(statements: Vec<Statement>) -> Policies {
    Policies { identity: vec![policy(statements)], ..Policies::default() }
}

fn resource(statements: Vec<Statement>) -> Policies {
    Policies { resource: Some(policy(statements)), ..Policies::default() }
}

fn any() -> Statement {
    allow("*", "*")
}

fn nothing() -> Option<Policy> {
    Some(policy(vec![]))
}

/// What the condition makes of an Allow that otherwise matches.
fn holds(statement: Statement, context: Context) -> bool {
    let request = request(BUILD, "sqs:SendMessage", QUEUE, context);
    sekisho_spec::decide(&request, &identity(vec![statement])).is_allowed()
}

fn with(key: &str, value: &str) -> Context {
    let mut context = Context::new();
    context.set(key, value);
    context
}

#[test]
fn a_boundary_limits_a_role_arn_but_neither_a_user_nor_a_session_nor_everybody() {
    let named = |name: &str| Policies { boundary: nothing(), ..resource(vec![to(&[name], any())]) };
    assert_eq!(send(BUILD, &named(BUILD)), Decision::implicit(LayerKind::Boundary));
    assert_eq!(send(BUILD, &named(SESSION)), Decision::allowed(RESOURCE));
    assert_eq!(send(BUILD, &named("*")), Decision::allowed(RESOURCE));
    assert_eq!(send(ALICE, &named(ALICE)), Decision::allowed(RESOURCE));
    assert_eq!(send(ALICE, &named(ROOT)), Decision::implicit(LayerKind::Identity));
}

#[test]
fn a_role_arn_names_the_sessions_of_the_role() {
    let policies = resource(vec![to(&[BUILD], any())]);
    assert_eq!(send(BUILD, &policies), Decision::allowed(RESOURCE));
    let other = resource(vec![to(&["arn:aws:iam::111111111111:role/build"], any())]);
    assert_eq!(send(BUILD, &other), Decision::implicit(LayerKind::Identity));
}

#[test]
fn one_policy_of_every_scp_level_must_allow() {
    let levels = |second: Vec<Policy>| Policies {
        scps: vec![vec![policy(vec![any()])], second],
        ..identity(vec![any()])
    };
    let one_of_two = levels(vec![policy(vec![allow("s3:*", "*")]), policy(vec![any()])]);
    assert_eq!(send(ALICE, &one_of_two), Decision::allowed(IDENTITY));
    let none_of_two = levels(vec![policy(vec![allow("s3:*", "*")])]);
    assert_eq!(send(ALICE, &none_of_two), Decision::implicit(LayerKind::Scp));
    assert_eq!(send(ROOT, &none_of_two), Decision::implicit(LayerKind::Scp));
    let management_account = AccountId::parse("111111111111");
    let managing = Policies { management_account, ..none_of_two };
    assert_eq!(send(ALICE, &managing), Decision::allowed(IDENTITY));
}

#[test]
fn an_absent_key_fulfils_negated_operators_if_exists_and_for_all_values() {
    for (operator, expected) in [
        ("StringEquals", false),
        ("StringNotEquals", true),
        ("StringEqualsIfExists", true),
        ("ForAllValues:StringEquals", true),
        ("ForAnyValue:StringEquals", false),
        ("ForAnyValue:StringNotEquals", false),
        ("ForAnyValue:StringEqualsIfExists", true),
        ("NumericLessThan", false),
        ("NotIpAddress", true),
        ("ArnNotLike", true),
        ("Bool", false),
    ] {
        let statement = when(operator, "aws:PrincipalTag/team", &["blue"], any());
        assert_eq!(holds(statement, Context::new()), expected, "{operator}");
    }
}

#[test]
fn a_negated_operator_holds_where_none_of_its_values_matches() {
    let statement = || when("StringNotEquals", "s3:prefix", &["a", "b"], any());
    for (value, expected) in [("a", false), ("b", false), ("c", true)] {
        assert_eq!(holds(statement(), with("s3:prefix", value)), expected, "{value}");
    }
}

#[test]
fn a_wildcard_of_an_arn_operator_does_not_cross_a_colon() {
    // AWS's own example.
    let pattern = "arn:aws:someservice:*:111122223333:finance/*";
    let value = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/d.txt";
    let statement = |operator| when(operator, "aws:SourceArn", &[pattern], any());
    assert!(holds(statement("StringLike"), with("aws:SourceArn", value)));
    assert!(!holds(statement("ArnLike"), with("aws:SourceArn", value)));
    assert!(!holds(statement("ArnEquals"), with("aws:SourceArn", value)));
}

#[test]
fn only_a_star_at_the_end_of_its_field_goes_beyond_a_colon() {
    for (pattern, expected) in [
        ("*", true),
        ("arn:aws:sqs:*:*:alice-*", true),
        ("arn:aws:sqs:us-east-2:111111111111:*", true),
        ("arn:aws:sqs:*:alice-queue", true),
        ("arn:aws:sqs:*", true),
        ("arn:*:alice-queue", true),
        ("arn:aws:s*1:alice-queue", false),
        ("arn:aws:sqs:us-east-2?111111111111:alice-queue", false),
    ] {
        assert_eq!(holds(allow("*", pattern), Context::new()), expected, "{pattern}");
    }
}

#[test]
fn the_principal_arn_of_a_session_is_the_role_with_its_path() {
    let statement = |arn| when("ArnEquals", "aws:PrincipalArn", &[arn], any());
    assert!(holds(statement(BUILD), Context::new()));
    assert!(!holds(statement(SESSION), Context::new()));
}

#[test]
fn the_account_statement_of_a_key_policy_only_delegates() {
    let decrypt = |name: &str, policies: &Policies| {
        sekisho_spec::decide(&request(name, "kms:Decrypt", KEY, Context::new()), policies)
    };
    let delegating = resource(vec![to(&[ROOT], any())]);
    assert_eq!(decrypt(ALICE, &delegating), Decision::implicit(LayerKind::Identity));
    let both = Policies { identity: vec![policy(vec![any()])], ..delegating };
    assert_eq!(decrypt(ALICE, &both), Decision::allowed(IDENTITY.with(LayerKind::Resource)));
    // Without it, identity policies count for nothing, and neither does being root.
    assert_eq!(decrypt(ALICE, &identity(vec![any()])), Decision::implicit(LayerKind::Resource));
    assert_eq!(decrypt(ROOT, &Policies::default()), Decision::implicit(LayerKind::Resource));
}

#[test]
fn a_grant_is_a_third_source_of_allow_and_yields_to_a_deny() {
    let grant = |grantee: &str| Grant {
        id: "g".into(),
        grantee: grantee.into(),
        operations: vec!["Decrypt".into()],
        constraint: None,
        source_arn: None,
        retiring: None,
        issued_by: None,
    };
    let decide = |policies: &Policies| {
        sekisho_spec::decide(&request(BUILD, "kms:Decrypt", KEY, Context::new()), policies)
    };
    let granted = |name| Policies { grants: vec![grant(name)], ..Policies::default() };
    assert_eq!(decide(&granted(BUILD)), Decision::allowed(LayerSet::only(LayerKind::Grant)));
    assert_eq!(decide(&granted(ROOT)), Decision::implicit(LayerKind::Identity));
    let limited = Policies { boundary: nothing(), ..granted(BUILD) };
    assert_eq!(decide(&limited), Decision::implicit(LayerKind::Boundary));
    let denied = Policies { identity: vec![policy(vec![deny("*", "*")])], ..granted(BUILD) };
    assert_eq!(decide(&denied), Decision::explicit(LayerKind::Identity));
}

#[test]
fn the_grant_says_who_may_retire_it() {
    let grant = Grant {
        id: "g".into(),
        grantee: BUILD.into(),
        operations: vec!["Decrypt".into()],
        constraint: None,
        source_arn: None,
        retiring: None,
        issued_by: None,
    };
    let decide = |grant: Grant| {
        let policies = Policies { grants: vec![grant], ..resource(vec![to(&["*"], any())]) };
        sekisho_spec::decide(&request(BUILD, "kms:RetireGrant", KEY, Context::new()), &policies)
    };
    assert_eq!(decide(grant.clone()), Decision::implicit(LayerKind::Resource));
    let retiring = Grant { retiring: Some(BUILD.into()), ..grant.clone() };
    assert_eq!(decide(retiring), Decision::allowed(LayerSet::only(LayerKind::Grant)));
    let issued_by = "111111111111".parse().ok();
    assert_eq!(decide(Grant { issued_by, ..grant }), Decision::implicit(LayerKind::Identity));
}

#[test]
fn across_accounts_both_sides_must_allow() {
    let both = |resource, identity: bool| Policies {
        resource,
        ..if identity { self::identity(vec![any()]) } else { Policies::default() }
    };
    let bucket = |name: &str| Some(policy(vec![to(&[name], any())]));
    let allowed = Decision::allowed(IDENTITY.with(LayerKind::Resource));
    assert_eq!(send(STRANGER, &both(bucket(STRANGER), true)), allowed);
    assert_eq!(
        send(STRANGER, &both(bucket(STRANGER), false)),
        Decision::implicit(LayerKind::Identity)
    );
    assert_eq!(send(STRANGER, &both(bucket("*"), false)), Decision::implicit(LayerKind::Identity));
    assert_eq!(send(STRANGER, &both(None, true)), Decision::implicit(LayerKind::Resource));
    let delegated = both(bucket("222222222222"), false);
    assert_eq!(send(STRANGER, &delegated), Decision::implicit(LayerKind::Resource));
    let limited = Policies { boundary: nothing(), ..both(bucket(STRANGER), true) };
    assert_eq!(send(STRANGER, &limited), Decision::implicit(LayerKind::Boundary));
}

#[test]
fn variables_are_filled_in_behind_the_fifth_colon() {
    let pattern = "arn:aws:sqs:us-east-2:*:${aws:username}-queue";
    let policies = identity(vec![allow("sqs:*", pattern)]);
    assert_eq!(send(ALICE, &policies), Decision::allowed(IDENTITY));
    // A role session has no user name; a default stands in for it.
    assert_eq!(send(BUILD, &policies), Decision::implicit(LayerKind::Identity));
    let pattern = "arn:aws:sqs:us-east-2:*:${aws:username, 'alice'}-queue";
    assert_eq!(send(BUILD, &identity(vec![allow("sqs:*", pattern)])), Decision::allowed(IDENTITY));
    let early = "arn:aws:sqs:us-east-2:${aws:PrincipalAccount}:alice-queue";
    assert!(!send(ALICE, &identity(vec![allow("sqs:*", early)])).is_allowed());
    let not_early = Statement {
        resources: Some(matcher(true, vec![sekisho_spec::sketch::text(early)])),
        ..any()
    };
    // A pattern that matches nothing excludes nothing.
    assert!(send(ALICE, &identity(vec![not_early])).is_allowed());
}

#[test]
fn a_value_is_never_a_wildcard() {
    let statement = || when("StringLike", "s3:prefix", &["${aws:PrincipalTag/team}"], any());
    let mut context = with("aws:PrincipalTag/team", "*");
    context.set("s3:prefix", "anything");
    assert!(!holds(statement(), context.clone()));
    context.set("s3:prefix", "*");
    assert!(holds(statement(), context));
    let literal = || when("StringLike", "s3:prefix", &["a${*}"], any());
    assert!(holds(literal(), with("s3:prefix", "a*")));
    assert!(!holds(literal(), with("s3:prefix", "ab")));
}

#[test]
fn the_version_of_2008_has_no_variables() {
    let mut old = document(vec![allow("sqs:*", "arn:aws:sqs:*:*:${aws:username}-queue")]);
    old.version = Version::V2008;
    let policies = Policies {
        identity: vec![Policy { name: String::new(), document: Some(old) }],
        ..Policies::default()
    };
    assert_eq!(send(ALICE, &policies), Decision::implicit(LayerKind::Identity));
}

#[test]
fn a_session_policy_denies_and_limits() {
    let session = |statements| Policies {
        session: Some(vec![policy(statements)]),
        ..resource(vec![to(&[SESSION], any())])
    };
    assert_eq!(send(BUILD, &session(vec![])), Decision::allowed(RESOURCE));
    let denied = session(vec![deny("sqs:SendMessage", "*")]);
    assert_eq!(send(BUILD, &denied), Decision::explicit(LayerKind::Session));
    let empty = Policies { session: Some(vec![]), ..identity(vec![any()]) };
    assert_eq!(send(BUILD, &empty), Decision::implicit(LayerKind::Session));
}

#[test]
fn a_federated_user_without_session_policy_has_only_what_names_it() {
    let carol = "arn:aws:sts::111111111111:federated-user/carol";
    assert_eq!(send(carol, &identity(vec![any()])), Decision::implicit(LayerKind::Session));
    let named = resource(vec![to(&[carol], any())]);
    assert_eq!(send(carol, &named), Decision::allowed(RESOURCE));
    let everybody = resource(vec![to(&["*"], any())]);
    assert_eq!(send(carol, &everybody), Decision::implicit(LayerKind::Session));
}

#[test]
fn not_principal_spares_only_whose_names_are_all_listed() {
    let but = |names: &[&str]| Policies {
        resource: Some(policy(vec![to_all_but(names, deny("*", "*"))])),
        ..identity(vec![any()])
    };
    let denied = Decision::explicit(LayerKind::Resource);
    assert_eq!(send(BUILD, &but(&[ROOT, BUILD, SESSION])), Decision::allowed(IDENTITY));
    assert_eq!(send(BUILD, &but(&[BUILD, SESSION])), denied);
    assert_eq!(send(BUILD, &but(&[ROOT, BUILD])), denied);
    assert_eq!(send(ALICE, &but(&["111111111111", ALICE])), Decision::allowed(IDENTITY));
    let boundary = Some(policy(vec![any()]));
    assert_eq!(send(ALICE, &Policies { boundary, ..but(&[ROOT, ALICE]) }), denied);
    let allowing = resource(vec![to_all_but(&[STRANGER], any())]);
    assert_eq!(send(ALICE, &allowing), Decision::implicit(LayerKind::Identity));
}

#[test]
fn a_root_user_assumes_no_role_and_repairs_its_bucket() {
    let trust = resource(vec![to(&["*"], any())]);
    let assume = request(ROOT, "sts:AssumeRole", TARGET, Context::new());
    assert_eq!(sekisho_spec::decide(&assume, &trust), Decision::implicit(LayerKind::Identity));
    let locked = resource(vec![to(&["*"], deny("*", "*"))]);
    let bucket = |action| request(ROOT, action, "arn:aws:s3:::ledger", Context::new());
    let delete = bucket("s3:DeleteBucketPolicy");
    assert_eq!(sekisho_spec::decide(&delete, &locked), Decision::allowed(IDENTITY));
    let list = bucket("s3:ListBucket");
    assert_eq!(sekisho_spec::decide(&list, &locked), Decision::explicit(LayerKind::Resource));
}

#[test]
fn a_chained_source_identity_needs_both_sides() {
    let set = request(BUILD, "sts:SetSourceIdentity", TARGET, Context::new());
    let trust = resource(vec![to(&["*"], any())]);
    let decision = sekisho_spec::decide(&set, &trust);
    assert_eq!(decision, Decision::implicit(LayerKind::Identity));
    let both = Policies { identity: vec![policy(vec![any()])], ..trust };
    let decision = sekisho_spec::decide(&set, &both);
    assert_eq!(decision, Decision::allowed(IDENTITY.with(LayerKind::Resource)));
}

#[test]
fn rcps_bind_services_and_nobodies_but_not_every_service() {
    let trail = "cloudtrail.amazonaws.com";
    let rcps = vec![vec![policy(vec![to(&["*"], deny("*", "*"))])]];
    let policies = Policies { rcps, ..resource(vec![to(&["*"], any())]) };
    for name in [trail, "anonymous", ALICE, ROOT] {
        assert_eq!(send(name, &policies), Decision::explicit(LayerKind::Rcp), "{name}");
    }
    let topic = "arn:aws:sns:us-east-1:111111111111:t";
    let publish = request(trail, "sns:Publish", topic, Context::new());
    assert_eq!(sekisho_spec::decide(&publish, &policies), Decision::allowed(RESOURCE));
}

#[test]
fn what_cannot_be_read_denies() {
    let unreadable = Policy { name: String::new(), document: None };
    let policies = Policies { boundary: Some(unreadable), ..identity(vec![any()]) };
    assert_eq!(send(ALICE, &policies), Decision::explicit(LayerKind::Boundary));
    // It binds users and roles; the root user has none.
    assert_eq!(send(ROOT, &policies), Decision::allowed(IDENTITY));
}

#[test]
fn a_public_bucket_is_closed_to_strangers_where_that_is_restricted() {
    let get = |name: &str, statements: Vec<Statement>| {
        let policies = Policies { restrict_public_buckets: true, ..resource(statements) };
        let request = request(name, "s3:GetObject", "arn:aws:s3:::ledger/a", Context::new());
        sekisho_spec::decide(&request, &policies)
    };
    let blocked = Decision::explicit(LayerKind::PublicAccessBlock);
    let everybody = || to(&["*"], any());
    let narrowed = |operator, key, value: &str| when(operator, key, &[value], everybody());
    let trail = || to(&["cloudtrail.amazonaws.com"], any());
    let mut federated = any();
    let facebook = principal(PrincipalKind::Federated, "graph.facebook.com");
    federated.principals = Some(matcher(false, vec![facebook]));
    for public in [
        everybody(),
        federated,
        narrowed("StringLike", "aws:SourceVpc", "vpc-*"),
        narrowed("StringNotEquals", "aws:SourceVpc", "vpc-1"),
        narrowed("StringEqualsIfExists", "aws:SourceVpc", "vpc-1"),
        narrowed("StringEquals", "aws:SourceVpc", "${aws:PrincipalTag/vpc}"),
        narrowed("IpAddress", "aws:SourceIp", "0.0.0.0/1"),
        narrowed("IpAddress", "aws:SourceIp", "2001:db8::/31"),
        narrowed("StringEquals", "aws:PrincipalTag/team", "blue"),
        to_all_but(&[ALICE], any()),
    ] {
        assert_eq!(get("anonymous", vec![trail(), public.clone()]), blocked, "{public:?}");
        assert_eq!(
            get("cloudtrail.amazonaws.com", vec![trail(), public]),
            Decision::allowed(RESOURCE)
        );
    }
    for fixed in [
        trail(),
        to(&[STRANGER, "222222222222"], any()),
        narrowed("StringEquals", "aws:SourceVpc", "vpc-91237329"),
        narrowed("StringEquals", "aws:PrincipalOrgID", "o-1"),
        narrowed("IpAddress", "aws:SourceIp", "10.0.0.0/8"),
        narrowed(
            "ArnLike",
            "s3:DataAccessPointArn",
            "arn:aws:s3:us-west-2:123456789012:accesspoint/*",
        ),
        to(&["*"], deny("*", "*")),
    ] {
        assert_ne!(get("anonymous", vec![fixed.clone()]), blocked, "{fixed:?}");
    }
    let two = vec![to(&[STRANGER], any()), everybody()];
    assert_eq!(get(STRANGER, two.clone()), blocked);
    assert_eq!(get(ALICE, two), Decision::allowed(RESOURCE));
}

#[test]
fn values_are_compared_by_their_type() {
    for (operator, wanted, got, expected) in [
        ("NumericEquals", "10.0", "010", true),
        ("NumericEquals", "-0", "0.00", true),
        ("NumericEquals", "0.30000000000000001", "0.3", false),
        ("NumericLessThan", "-2", "-3", true),
        ("NumericLessThan", "10", "9", true),
        ("NumericGreaterThan", "1e3", "2000", false),
        ("NumericNotEquals", "1", "n/a", true),
        ("DateEquals", "2026-01-01", "2026-01-01T01:00:00+01:00", true),
        ("DateEquals", "2026", "1767225600", true),
        ("DateLessThan", "2026-01", "2025-12-31T23:59:59.999Z", true),
        ("DateGreaterThan", "2026-02-30", "2027-01-01", false),
        ("DateEquals", "2026-01-01T00:00:00", "2026-01-01", false),
        ("Bool", "TRUE", "true", true),
        ("Bool", "false", "no", false),
        ("BinaryEquals", "QUJD", "QUJD", true),
        ("BinaryEquals", "QUJ", "QUJ", false),
        ("IpAddress", "10.1.2.3", "10.1.2.3", true),
        ("IpAddress", "10.9.9.9/8", "10.1.2.3", true),
        ("IpAddress", "0.0.0.0/0", "2001:db8::1", false),
        ("NotIpAddress", "0.0.0.0/0", "2001:db8::1", true),
        ("IpAddress", "2001:db8::/32", "2001:db8:1::1", true),
        ("IpAddress", "10.1.2.3/33", "10.1.2.3", false),
        ("StringEqualsIgnoreCase", "ÜNIcode", "üniCODE", true),
        ("StringEquals", "a*", "ab", false),
        ("StringLike", "?*?", "é", false),
        ("StringLike", "?*?", "éa", true),
        ("ArnLike", "*", "arn:aws:s3:::b", false),
        (
            "ArnLike",
            "arn:aws:iam::${aws:PrincipalAccount}:role/a",
            "arn:aws:iam::111111111111:role/a",
            true,
        ),
        ("StringEquals", "${aws:NoSuchKey}", "a", false),
        ("StringNotEquals", "${aws:NoSuchKey}", "a", true),
        ("ArnLike", "arn:*:*:*:*:*", "no ARN", false),
    ] {
        let statement = when(operator, "lab:Key", &[wanted], any());
        assert_eq!(holds(statement, with("lab:Key", got)), expected, "{operator} {wanted} {got}");
    }
}

#[test]
fn a_multivalued_key_needs_a_set_operator() {
    let keys = |values: &[&str]| {
        let mut context = Context::new();
        context.set_many("aws:TagKeys", values.iter().copied());
        context
    };
    for (operator, got, expected) in [
        ("StringEquals", &["a"][..], true),
        ("StringEquals", &["a", "a"], false),
        ("StringNotEquals", &["b", "b"], false),
        ("StringNotEquals", &[], true),
        ("ForAllValues:StringEquals", &["a", "a"], true),
        ("ForAllValues:StringEquals", &["a", "b"], false),
        ("ForAnyValue:StringEquals", &["a", "b"], true),
        ("ForAnyValue:StringNotEquals", &["a", "b"], true),
        ("ForAllValues:StringNotEquals", &["a", "b"], false),
        ("ForAllValues:StringEquals", &[], true),
        ("ForAllValues:StringEquals", &[""], true),
        ("ForAnyValue:StringNotEquals", &[""], false),
    ] {
        let statement = when(operator, "aws:tagkeys", &["a"], any());
        assert_eq!(holds(statement, keys(got)), expected, "{operator} {got:?}");
    }
    assert!(holds(when("Null", "aws:TagKeys", &["true"], any()), keys(&[])));
    assert!(holds(when("Null", "aws:TagKeys", &["false"], any()), keys(&["a"])));
    for got in [keys(&[]), keys(&["a"]), keys(&["a", "b"]), Context::new()] {
        for wanted in ["true", "false"] {
            let null = |operator| when(operator, "aws:TagKeys", &[wanted], any());
            assert!(holds(null("ForAllValues:Null"), got.clone()), "{wanted} {got:?}");
            assert!(!holds(null("ForAnyValue:Null"), got.clone()), "{wanted} {got:?}");
        }
    }
}

#[test]
fn an_account_in_the_endpoint_policy_of_s3_is_its_root_user() {
    let endpoint = Some(policy(vec![to(&["111111111111"], any())]));
    let policies = Policies { endpoint, ..identity(vec![any()]) };
    let get = |name| request(name, "s3:GetObject", "arn:aws:s3:::ledger/a", Context::new());
    let by_user = sekisho_spec::decide(&get(ALICE), &policies);
    assert_eq!(by_user, Decision::implicit(LayerKind::Endpoint));
    assert_eq!(sekisho_spec::decide(&get(ROOT), &policies), Decision::allowed(IDENTITY));
    assert_eq!(send(ALICE, &policies), Decision::allowed(IDENTITY));
}
