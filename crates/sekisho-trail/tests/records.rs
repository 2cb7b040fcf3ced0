//! The records of `truth/records.md`, made from facts.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests say what they expect")]

use sekisho_iam::caller::{FederatedUser, RoleSession, User};
use sekisho_iam::{AccountId, Caller};
use sekisho_trail::{
    BYTES_OF_PARAMETERS_MAX, BYTES_OF_TEXT_MAX, Facts, Origin, Resource, SessionFacts, Sight,
    Stranger, Tls, Who, record,
};
use serde_json::Value as Json;
use serde_json::value::{RawValue, to_raw_value};

const TRUTH: &str = include_str!("truth/records.md");

/// The record under a heading, without the blanks that make it readable.
fn truth(heading: &str) -> String {
    let section = TRUTH.split("\n## ").find(|section| section.starts_with(heading));
    let section = section.unwrap_or_else(|| panic!("there is no record `{heading}`"));
    let json = section.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let (mut text, mut quoted) = (String::new(), false);
    for letter in json.chars() {
        quoted ^= letter == '"';
        if quoted || !letter.is_whitespace() {
            text.push(letter);
        }
    }
    text
}

fn account(number: &str) -> AccountId {
    AccountId::parse(number).unwrap()
}

fn ours() -> AccountId {
    account("111111111111")
}

fn alice() -> Caller {
    Caller::User(User {
        account: ours(),
        arn: "arn:aws:iam::111111111111:user/dev/alice".to_owned(),
        id: Some("AIDAEXAMPLEEXAMPLEEXA".to_owned()),
    })
}

fn build(provider: Option<&str>) -> Caller {
    Caller::Role(RoleSession {
        account: ours(),
        role_arn: "arn:aws:iam::111111111111:role/ci/build".to_owned(),
        session_name: Some("run-7".to_owned()),
        role_id: Some("AROAEXAMPLEEXAMPLEEXA".to_owned()),
        provider: provider.map(str::to_owned),
    })
}

fn session<'a>() -> SessionFacts<'a> {
    SessionFacts {
        issued_ms: 1_761_523_252_000,
        mfa: false,
        source_identity: None,
        issuer_id: None,
    }
}

fn who(caller: &Caller) -> Who<'_> {
    Who {
        caller,
        sight: Sight::Own,
        access_key_id: Some("AKIAEXAMPLEEXAMPLEEX"),
        session: None,
        alias: None,
        stranger: None,
    }
}

fn client<'a>(host: &'a str, tls: bool) -> Origin<'a> {
    let tls = tls.then_some(Tls { version: "TLSv1.3", cipher_suite: "TLS_AES_128_GCM_SHA256" });
    Origin::Client { source_ip: "192.0.2.7", user_agent: "aws-cli/2.31.0", host, tls }
}

/// A call by its name, its caller and its way, with nothing else.
fn facts<'a>(
    (service, event_name): (&'a str, &'a str),
    who: Who<'a>,
    origin: Origin<'a>,
) -> Facts<'a> {
    Facts {
        service,
        event_name,
        read_only: true,
        management: true,
        who,
        origin,
        region: "eu-west-1",
        time_ms: 1_761_524_217_000,
        error: None,
        request: None,
        response: None,
        additional: None,
        resources: &[],
        request_id: "00000000-0000-4000-a000-000000000001",
        event_id: "00000000-0000-4000-a000-000000000002",
        shared_event_id: None,
        recipient: ours(),
    }
}

fn json(text: &str) -> Box<RawValue> {
    RawValue::from_string(text.to_owned()).unwrap()
}

fn assert_record(facts: &Facts<'_>, heading: &str) {
    assert_eq!(record(facts).unwrap().get(), truth(heading));
}

/// `userIdentity` alone.
fn assert_identity(who: Who<'_>, origin: Origin<'_>, heading: &str) {
    let text = record(&facts(("kms", "Decrypt"), who, origin)).unwrap();
    let rest = text.get().split_once("\"userIdentity\":").unwrap().1;
    assert_eq!(rest.split_once(",\"eventTime\"").unwrap().0, truth(heading));
}

#[test]
fn a_user_calls() {
    let (caller, request) = (alice(), json(r#"{"userName":"bob"}"#));
    let response =
        r#"{"user":{"path":"/","createDate":"Oct 27, 2025 12:16:57 AM","userName":"bob"}}"#;
    let call = facts(("iam", "CreateUser"), who(&caller), client("iam.amazonaws.com", true));
    let call = Facts {
        read_only: false,
        request: Some(&request),
        response: Some(&json(response)),
        ..call
    };
    assert_record(&call, "a user calls");
}

#[test]
fn a_session_of_a_role_is_denied() {
    let (caller, request) = (build(None), json(r#"{"encryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#));
    let arn = "arn:aws:kms:eu-west-1:111111111111:key/0d990263-018e-4e65-a703-eff731de951e";
    let key = Resource {
        account: Some(ours()),
        kind: Some("AWS::KMS::Key"),
        arn: arn.to_owned(),
        is_prefix: false,
    };
    let session = SessionFacts { source_identity: Some("alice"), ..session() };
    let access_key_id = Some("ASIAEXAMPLEEXAMPLEEX");
    let who = Who { session: Some(session), access_key_id, ..who(&caller) };
    let call = facts(("kms", "Decrypt"), who, client("localhost", false));
    let call = Facts {
        error: Some(("AccessDenied", Some("no"))),
        request: Some(&request),
        resources: &[key],
        ..call
    };
    assert_record(&call, "a session of a role is denied");
}

#[test]
fn the_owner_of_the_resource_sees_a_stranger() {
    let caller = alice();
    let request = json(r#"{"roleArn":"arn:aws:iam::222222222222:role/deploy"}"#);
    let role = Resource {
        account: Some(account("222222222222")),
        kind: Some("AWS::IAM::Role"),
        arn: "arn:aws:iam::222222222222:role/deploy".to_owned(),
        is_prefix: false,
    };
    let who = Who { sight: Sight::Foreign, ..who(&caller) };
    let call = facts(("sts", "AssumeRole"), who, client("sts.amazonaws.com", true));
    let call = Facts {
        request: Some(&request),
        resources: &[role],
        event_id: "00000000-0000-4000-a000-000000000003",
        shared_event_id: Some("00000000-0000-4000-a000-000000000009"),
        recipient: account("222222222222"),
        ..call
    };
    assert_record(&call, "the owner of the resource sees a stranger");
}

#[test]
fn a_service_on_behalf_of_its_caller() {
    let (caller, origin) = (alice(), Origin::Service("secretsmanager.amazonaws.com"));
    let call = facts(("kms", "GenerateDataKey"), who(&caller), origin);
    assert_record(&call, "a service on behalf of its caller");
}

#[test]
fn an_object_is_read_by_nobody_in_particular() {
    let (caller, request) = (Caller::Anonymous, json(r#"{"bucketName":"logs","key":"a/b"}"#));
    let object = Resource {
        kind: Some("AWS::S3::Object"),
        arn: "arn:aws:s3:::logs/a/b".to_owned(),
        ..Resource::default()
    };
    let bucket = Resource {
        account: Some(account("222222222222")),
        kind: Some("AWS::S3::Bucket"),
        arn: "arn:aws:s3:::logs".to_owned(),
        is_prefix: false,
    };
    let who = Who { sight: Sight::Foreign, access_key_id: None, ..who(&caller) };
    let call = facts(("s3", "GetObject"), who, client("localhost", false));
    let call = Facts {
        management: false,
        request: Some(&request),
        resources: &[object, bucket],
        shared_event_id: Some("00000000-0000-4000-a000-000000000009"),
        recipient: account("222222222222"),
        ..call
    };
    assert_record(&call, "an object is read by nobody in particular");
}

#[test]
fn callers_are_named_as_aws_names_them() {
    let outside = client("localhost", false);
    let (root, alice) = (Caller::Root(ours()), alice());
    assert_identity(who(&root), outside, "the root user");
    let temporary = Some("ASIAEXAMPLEEXAMPLEEX");
    let mfa = Some(SessionFacts { mfa: true, ..session() });
    let with_session = Who { access_key_id: temporary, session: mfa, ..who(&alice) };
    assert_identity(with_session, outside, "a user's session");
    let web = build(Some("arn:aws:iam::111111111111:oidc-provider/id.example.com"));
    let with_session = Who { access_key_id: temporary, session: Some(session()), ..who(&web) };
    assert_identity(with_session, outside, "a web identity's session");
    let carol = Caller::FederatedUser(FederatedUser {
        account: ours(),
        arn: "arn:aws:sts::111111111111:federated-user/carol".to_owned(),
        issuer_arn: Some("arn:aws:iam::111111111111:user/dev/alice".to_owned()),
    });
    let issued = SessionFacts { issuer_id: Some("AIDAEXAMPLEEXAMPLEEXA"), ..session() };
    let with_session = Who { access_key_id: temporary, session: Some(issued), ..who(&carol) };
    assert_identity(with_session, outside, "a federated user");
    let service = Caller::Service("cloudtrail.amazonaws.com".to_owned());
    let inside = Origin::Service("cloudtrail.amazonaws.com");
    assert_identity(Who { access_key_id: None, ..who(&service) }, inside, "a service for itself");
    let provider = "arn:aws:iam::111111111111:oidc-provider/id.example.com";
    let external = Caller::External(provider.to_owned());
    let stranger =
        Stranger { principal_id: "id.example.com:aud:sub", user_name: "sub", saml: false };
    let with_name = Who { stranger: Some(stranger), access_key_id: None, ..who(&external) };
    assert_identity(with_name, outside, "somebody of an identity provider");
}

#[test]
fn what_is_too_long_is_left_out_or_cut_off() {
    let caller = alice();
    let long = "é".repeat(BYTES_OF_PARAMETERS_MAX);
    let parameters = to_raw_value(&long).unwrap();
    let call = facts(("kms", "Decrypt"), who(&caller), client("localhost", false));
    let call = Facts {
        request: Some(&parameters),
        additional: Some(&parameters),
        error: Some(("Code", Some(&long))),
        ..call
    };
    let record: Json = serde_json::from_str(record(&call).unwrap().get()).unwrap();
    assert_eq!(record["requestParameters"]["omitted"], true);
    assert!(record.get("additionalEventData").is_none());
    assert_eq!(record["errorMessage"].as_str().unwrap().len(), BYTES_OF_TEXT_MAX);
}

#[test]
fn every_record_of_the_page_is_made_by_a_test() {
    let source = include_str!("records.rs");
    for section in TRUTH.split("\n## ").skip(1) {
        let heading = section.lines().next().unwrap();
        assert!(source.contains(&format!("\"{heading}\"")), "no test makes `{heading}`");
    }
}
