//! Layers of many statements: the index must find every one that the specification, which tries them
//! in turn, finds. Generated cases have a few statements a layer and never reach it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use sekisho_iam::document::{Effect, Statement};
use sekisho_iam::{Caller, Context, Policies, Policy, Request, Resource, decide};
use sekisho_spec::sketch::{matcher, policy, statement, text, when};
use sekisho_spec::{Case, case};

const CASES: u64 = 1_500;

/// Actions and resources of the requests, and the patterns they are looked for with.
const ASKED: [(&str, &str); 6] = [
    ("s3:GetObject", "arn:aws:s3:::bücher/é/läuft"),
    ("S3:getobject", "arn:aws:s3:::b"),
    ("s3:PutObject", "arn:aws:s3:::bücher"),
    ("s3:ListAllMyBuckets", "*"),
    ("sqs:SendMessage", "arn:aws:sqs:us-east-1:111111111111:alice"),
    ("logs:PutLogEvents", "arn:aws:logs:us-east-1:111111111111:log-group:/a:log-stream:b"),
];
const ACTIONS: [&str; 12] = [
    "*",
    "*:*",
    "s3:*",
    "S3:Get*",
    "s3:GETOBJECT",
    "s3:GetObject",
    "s3:?etObject",
    "s3:Put*t",
    "sqs:*",
    "SQS:SendMessage",
    "logs:Put*",
    "s3:List*",
];
const RESOURCES: [&str; 22] = [
    "*",
    "arn:*",
    "arn:aws:s3:::*",
    "arn:aws:s3:::b",
    "arn:aws:s3:::b*",
    "arn:aws:s3:::bü*",
    "arn:aws:s3:::b?cher",
    "arn:aws:s3:::bücher",
    "arn:aws:s3:::bücher/é*",
    "arn:aws:s3:::bücher/*/läuft",
    "arn:aws:s3:::bücher/ê*",
    "arn:aws:s3:::b\u{fc}",
    "arn:aws:s?:::*",
    "arn:aws:s3:::${aws:username}",
    "arn:aws:sqs:*:*:${aws:username}",
    "arn:aws:sqs:us-east-1:111111111111:${lab:none, 'alice'}",
    "arn:aws:sqs:us-east-1:111111111111:alice",
    "arn:aws:sqs:us-east-1:11*",
    "arn:aws:logs:*",
    "arn:aws:logs:us-east-1:111111111111:log-group:/a:*",
    "arn:aws:*",
    "arn:aws:s3:::bücher/é/läuft${*}",
];

/// A few bits that a number gives, always the same.
fn mixed(seed: u64) -> u64 {
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}

fn pick<'a>(from: &[&'a str], seed: u64) -> &'a str {
    from.iter().cycle().nth(usize::try_from(mixed(seed) % 1_000).unwrap()).unwrap()
}

/// The statement of a number, which holds only for requests that carry the number.
fn numbered(number: u64, effect: Effect) -> Statement {
    let not = |salt: u64| mixed(number + (salt << 40)).is_multiple_of(9);
    let some = |from: &[&str], salt: u64| {
        let count = 1 + mixed(number + (salt << 40)) % 3;
        (0..count).map(|at| text(pick(from, number * 7 + (salt << 41) + at))).collect()
    };
    Statement {
        actions: matcher(not(1), some(&ACTIONS, 2)),
        resources: Some(matcher(not(3), some(&RESOURCES, 4))),
        ..when("StringEquals", "lab:Number", &[&number.to_string()], statement(effect))
    }
}

fn request(action: &str, arn: &str, number: u64) -> Request {
    let caller = Caller::parse("arn:aws:iam::111111111111:user/alice").unwrap();
    let resource = Resource { account: "111111111111".parse().ok(), ..Resource::new(arn) };
    let mut context = Context::new();
    context.set("lab:Number", number.to_string());
    Request::new(caller, action, resource, context).unwrap()
}

#[test]
fn the_index_finds_every_statement() {
    let (mut matched, mut asked) = (0, 0);
    for round in 0..40 {
        let numbers = || round * 100..round * 100 + 60;
        for effect in [Effect::Allow, Effect::Deny] {
            let mut statements: Vec<_> = numbers().map(|one| numbered(one, effect)).collect();
            statements.extend((effect == Effect::Deny).then(|| statement(Effect::Allow)));
            let identity = vec![policy(statements)];
            let policies = Policies { identity, ..Policies::default() };
            let compiled = policies.compile();
            for (number, (action, arn)) in numbers().flat_map(|one| ASKED.map(|two| (one, two))) {
                let request = request(action, arn, number);
                let expected = sekisho_spec::decide(&request, &policies);
                let got = decide(&request, &compiled.layers());
                assert_eq!(got, expected, "{effect:?} {number}: {action} on {arn}");
                matched += u64::from(got.is_allowed() == (effect == Effect::Allow));
                asked += 1;
            }
        }
    }
    assert!(matched * 5 > asked, "only {matched} of {asked} requests match their statement");
}

/// Generated cases with the statements of many others in their layers.
#[test]
fn large_layers_are_decided_as_the_specification_does() {
    let mut outcomes = BTreeMap::<String, u64>::new();
    for seed in 0..CASES {
        let Case { request, mut policies } = case(seed);
        for other in (1..40).map(|step| case(seed + 1_000_003 * step).policies) {
            policies.identity.extend(other.identity.into_iter().filter_map(allowing));
            unite(policies.boundary.as_mut(), other.boundary);
            unite(policies.resource.as_mut(), other.resource);
            unite(policies.endpoint.as_mut(), other.endpoint);
            for (level, more) in policies.scps.iter_mut().zip(other.scps) {
                level.extend(more.into_iter().filter_map(allowing));
            }
            policies.grants.extend(other.grants);
        }
        let expected = sekisho_spec::decide(&request, &policies);
        let got = decide(&request, &policies.compile().layers());
        assert_eq!(got, expected, "seed {seed}");
        *outcomes.entry(format!("{:?}", got.outcome)).or_default() += 1;
    }
    let often = outcomes.values().all(|count| count * 20 > CASES);
    assert!(outcomes.len() == 3 && often, "some outcome is rare: {outcomes:?}");
}

/// What a policy allows: with the denials of many policies nothing would be left to compare.
fn allowing(mut policy: Policy) -> Option<Policy> {
    let document = policy.document.as_mut()?;
    document.statements.retain(|statement| statement.effect == Effect::Allow);
    Some(policy)
}

fn unite(policy: Option<&mut Policy>, other: Option<Policy>) {
    let document = policy.and_then(|policy| policy.document.as_mut());
    let other = other.and_then(allowing).and_then(|other| other.document);
    if let (Some(document), Some(other)) = (document, other) {
        document.statements.extend(other.statements);
    }
}
