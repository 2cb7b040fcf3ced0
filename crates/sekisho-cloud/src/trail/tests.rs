//! What the records of each service say, from calls that are written down by hand.

use std::sync::Arc;

use sekisho_iam::{AccountId, LayerSet, Outcome};
use sekisho_wire::{Value, json, model};
use serde_json::{Value as Json, json};
use zeroize::Zeroizing;

use super::{Event, events};
use crate::Fault;
use crate::gate::{Arrival, Asked, Entry, Frame, Signing};
use crate::operation::{Effect, Event as Kind};
use crate::principal::{Principal, Signer};
use crate::session::{Session, SessionOf};

const KEY: &str = "arn:aws:kms:eu-west-1:222222222222:key/0d990263-018e-4e65-a703-eff731de951e";

fn account(number: &str) -> AccountId {
    AccountId::parse(number).unwrap()
}

fn ours() -> AccountId {
    account("111111111111")
}

fn alice() -> Principal {
    let signer = Signer { access_key_id: "AKIAALICE".to_owned(), session: None };
    Principal::user(ours(), "arn:aws:iam::111111111111:user/alice", "AIDAALICE").signing(signer)
}

fn build() -> Principal {
    let session = Session {
        access_key_id: "ASIABUILD".to_owned(),
        secret: Zeroizing::new("the secret of the session".to_owned()),
        account: ours(),
        of: SessionOf::Role { id: "AROABUILD".to_owned(), name: "run-7".to_owned() },
        issued_ms: 0,
        expires_ms: 3_600_000,
        policies: None,
        tags: [].into(),
        transitive: [].into(),
        source_identity: None,
        mfa: false,
    };
    let signer = Signer { access_key_id: "ASIABUILD".to_owned(), session: Some(Arc::new(session)) };
    let role = "arn:aws:iam::111111111111:role/ci/build";
    Principal::role(ours(), role, "AROABUILD", "run-7").signing(signer)
}

fn asked(action: &str, resource: &str, owner: AccountId) -> Asked {
    Asked {
        action: action.to_owned(),
        resource: resource.to_owned(),
        account: Some(owner),
        outcome: Outcome::Allowed,
        layers: LayerSet::EMPTY,
    }
}

/// A call of an operation by a principal, with its input as JSON.
fn entry(principal: Principal, name: &str, input: &Json) -> Entry {
    let (service, operation) = name.split_once(':').unwrap();
    let service = model::service(service).unwrap();
    let shape = service.operation(operation).unwrap().input;
    let request = shape.map(|shape| value(service, shape, input));
    let arrival = Arrival {
        source_ip: "192.0.2.7".to_owned(),
        user_agent: "cli".to_owned(),
        host: "localhost:4566".to_owned(),
        tls: Some(("TLSv1.3".to_owned(), "TLS_AES_128_GCM_SHA256".to_owned())),
        signing: Signing { algorithm: "AWS4-HMAC-SHA256", ..Signing::default() },
        ..Arrival::default()
    };
    Entry {
        name: name.to_owned(),
        effect: Effect::Read,
        event: Kind::Management,
        frame: Frame {
            principal: principal.into(),
            region: "eu-west-1".into(),
            arrival: Arc::new(arrival),
            via: Vec::new(),
            internal: false,
        },
        time_ms: 1_761_524_217_000,
        request_id: "request".to_owned(),
        event_id: "event".to_owned(),
        request,
        response: None,
        asked: Vec::new(),
        fault: None,
    }
}

fn value(service: &'static model::Service, shape: model::ShapeId, input: &Json) -> Value {
    json::read(service, shape, input.to_string().as_bytes()).unwrap()
}

/// A change with its reply.
fn change(name: &str, input: &Json, reply: &Json) -> Entry {
    let (service, operation) = name.split_once(':').unwrap();
    let service = model::service(service).unwrap();
    let shape = service.operation(operation).unwrap().output;
    let response = shape.map(|shape| value(service, shape, reply));
    Entry { effect: Effect::Write, response, ..entry(alice(), name, input) }
}

fn told(entry: Entry) -> Vec<(String, Json)> {
    let read =
        |event: Event| (event.account.to_string(), serde_json::from_str(event.json.get()).unwrap());
    events(&[entry]).into_iter().map(read).collect()
}

/// The one event of a call.
fn record(entry: Entry) -> Json {
    let mut told = told(entry);
    assert_eq!(told.len(), 1);
    told.remove(0).1
}

#[test]
fn kms_keeps_data_and_grant_tokens_out() {
    let input = json!({
        "KeyId": "alias/app", "Plaintext": "aGVsbG8=", "GrantTokens": ["token"],
        "EncryptionContext": { "App": "one" }
    });
    let record = record(entry(alice(), "kms:Encrypt", &input));
    let expected = json!({
        "keyId": "alias/app", "encryptionContext": { "App": "one" },
        "encryptionAlgorithm": "SYMMETRIC_DEFAULT"
    });
    assert_eq!(record["requestParameters"], expected);
    assert_eq!(record["responseElements"], Json::Null);
    assert_eq!(record["tlsDetails"]["clientProvidedHostHeader"], "localhost:4566");
}

#[test]
fn kms_records_both_algorithms_of_a_reencryption() {
    let input = json!({ "CiphertextBlob": "aGVsbG8=", "DestinationKeyId": "k" });
    let expected = json!({
        "destinationKeyId": "k", "sourceEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        "destinationEncryptionAlgorithm": "SYMMETRIC_DEFAULT"
    });
    assert_eq!(record(entry(alice(), "kms:ReEncrypt", &input))["requestParameters"], expected);
}

#[test]
fn both_accounts_see_the_use_of_a_key_and_the_owner_sees_a_stranger() {
    let owner = account("222222222222");
    let mut call = entry(build(), "kms:Decrypt", &json!({ "CiphertextBlob": "aGVsbG8=" }));
    call.asked.push(asked("kms:Decrypt", KEY, owner));
    let told = told(call.clone());
    let [(caller, own), (other, foreign)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((caller.as_str(), other.as_str()), ("111111111111", "222222222222"));
    let arn = "arn:aws:sts::111111111111:assumed-role/build/run-7";
    assert_eq!(own["userIdentity"]["arn"], arn);
    let seen = json!({
        "type": "AWSAccount", "principalId": "AROABUILD:run-7", "accountId": "111111111111"
    });
    assert_eq!(foreign["userIdentity"], seen);
    assert_eq!(own["sharedEventID"], foreign["sharedEventID"]);
    assert_ne!(own["eventID"], foreign["eventID"]);
    assert_eq!(own["resources"][0]["accountId"], "222222222222");
    call.fault = Some(Fault { denial: true, ..Fault::new("AccessDeniedException", "no") });
    let denied = record(call);
    assert_eq!(denied["recipientAccountId"], "111111111111");
    assert_eq!(denied["errorCode"], "AccessDenied");
    assert!(denied.get("sharedEventID").is_none());
}

#[test]
fn kms_records_the_key_that_it_does_not_answer() {
    let mut call = change("kms:DisableKey", &json!({ "KeyId": "k" }), &json!({}));
    call.asked.push(asked("kms:DisableKey", KEY, ours()));
    assert_eq!(record(call)["responseElements"], json!({ "keyId": KEY }));
    let reply = json!({ "KeyMetadata": {
        "AWSAccountId": "111111111111", "KeyId": "k", "Arn": KEY, "CreationDate": 1_761_524_217.0
    } });
    let made = record(change("kms:CreateKey", &json!({}), &reply));
    let metadata = &made["responseElements"]["keyMetadata"];
    assert_eq!(metadata["AWSAccountId"], "111111111111");
    assert_eq!(metadata["creationDate"], "Oct 27, 2025, 12:16:57 AM");
    assert_eq!(made["requestParameters"]["keySpec"], "SYMMETRIC_DEFAULT");
    assert_eq!(made["resources"][0]["ARN"], KEY);
}

#[test]
fn iam_names_its_errors_by_their_shapes_and_stays_in_one_region() {
    let mut call = entry(alice(), "iam:GetUser", &json!({ "UserName": "bob" }));
    call.fault = Some(Fault::new("NoSuchEntity", "none"));
    let failed = record(call);
    assert_eq!(failed["errorCode"], "NoSuchEntityException");
    assert_eq!(failed["awsRegion"], "us-east-1");
    let key = json!({ "AccessKey": {
        "UserName": "bob", "AccessKeyId": "AKIABOB", "Status": "Active",
        "SecretAccessKey": "very secret", "CreateDate": 1_722_519_208.0
    } });
    let made = record(change("iam:CreateAccessKey", &json!({ "UserName": "bob" }), &key));
    let expected = json!({ "accessKey": {
        "userName": "bob", "accessKeyId": "AKIABOB", "status": "Active",
        "createDate": "Aug 1, 2024 1:33:28 PM"
    } });
    assert_eq!(made["responseElements"], expected);
}

#[test]
fn credentials_are_recorded_by_their_id_alone() {
    let role = "arn:aws:iam::222222222222:role/deploy";
    let input = json!({ "RoleArn": role, "RoleSessionName": "s", "TokenCode": "123456" });
    let reply = json!({
        "Credentials": {
            "AccessKeyId": "ASIANEW", "SecretAccessKey": "very secret", "SessionToken": "token",
            "Expiration": 1_761_524_217.0
        },
        "AssumedRoleUser": { "AssumedRoleId": "AROAX:s", "Arn": "arn:aws:sts::2:assumed-role/d/s" }
    });
    let mut call = change("sts:AssumeRole", &input, &reply);
    call.effect = Effect::Read;
    call.asked.push(asked("sts:AssumeRole", role, account("222222222222")));
    let told = told(call);
    assert_eq!(told.len(), 2);
    let record = &told[0].1;
    assert_eq!(record["requestParameters"], json!({ "roleArn": role, "roleSessionName": "s" }));
    let expected = json!({ "accessKeyId": "ASIANEW", "expiration": "Oct 27, 2025, 12:16:57 AM" });
    assert_eq!(record["responseElements"]["credentials"], expected);
    assert_eq!(record["readOnly"], true);
    assert_eq!(record["eventVersion"], "1.08");
    assert_eq!(record["resources"][0]["type"], "AWS::IAM::Role");
}

#[test]
fn secrets_and_parameters_are_not_told() {
    let input = json!({ "Name": "db", "SecretString": "hunter2", "ClientRequestToken": "t" });
    let reply = json!({ "ARN": "arn:aws:secretsmanager:::secret:db", "Name": "db" });
    let made = record(change("secretsmanager:CreateSecret", &input, &reply));
    assert_eq!(made["requestParameters"], json!({ "name": "db", "clientRequestToken": "t" }));
    assert_eq!(made["responseElements"]["arn"], "arn:aws:secretsmanager:::secret:db");
    let input = json!({ "Name": "/db", "Value": "hunter2", "Type": "String" });
    let put = record(change("ssm:PutParameter", &input, &json!({ "Version": 1 })));
    assert_eq!(put["requestParameters"]["value"], "HIDDEN_DUE_TO_SECURITY_REASONS");
    assert_eq!(put["responseElements"], json!({ "version": 1 }));
}

#[test]
fn what_services_do_for_their_callers_goes_by_their_names() {
    let mut call = entry(alice(), "kms:GenerateDataKey", &json!({ "KeyId": "k" }));
    call.frame.via = vec!["secretsmanager.amazonaws.com"];
    let named = record(call.clone());
    assert_eq!(named["userIdentity"]["invokedBy"], "secretsmanager.amazonaws.com");
    assert_eq!(named["sourceIPAddress"], "secretsmanager.amazonaws.com");
    assert!(named.get("tlsDetails").is_none());
    call.frame.via = vec!["s3.amazonaws.com"];
    assert_eq!(record(call)["userAgent"], "AWS Internal");
}

#[test]
fn what_a_service_does_for_itself_is_told_to_the_owner() {
    let service = Principal::service("cloudtrail.amazonaws.com");
    let mut call = entry(service, "kms:GenerateDataKey", &json!({ "KeyId": "k" }));
    call.asked.push(asked("kms:GenerateDataKey", KEY, account("222222222222")));
    let record = record(call);
    assert_eq!(record["recipientAccountId"], "222222222222");
    let identity = json!({ "type": "AWSService", "invokedBy": "cloudtrail.amazonaws.com" });
    assert_eq!(record["userIdentity"], identity);
    assert!(record.get("sharedEventID").is_some());
}

#[test]
fn an_empty_request_is_null() {
    let record = record(entry(alice(), "sts:GetCallerIdentity", &json!({})));
    assert_eq!(record["requestParameters"], Json::Null);
    assert_eq!(record["responseElements"], Json::Null);
}

#[test]
fn what_aws_does_not_record_leaves_no_event() {
    let nobody = entry(Principal::anonymous(), "kms:ListKeys", &json!({}));
    assert!(told(nobody).is_empty());
    for fault in [Fault::gone(), Fault::not_served("no"), Fault::new("SignatureDoesNotMatch", "")] {
        let mut call = entry(alice(), "kms:ListKeys", &json!({}));
        call.fault = Some(fault);
        assert!(told(call).is_empty());
    }
}

/// A call of S3: its parameters stand in more places than JSON has.
fn of_s3(name: &str, principal: Principal, input: Vec<(&'static str, Value)>) -> Entry {
    let mut call = entry(principal, name, &json!({}));
    call.request = Some(Value::Structure(input.into_iter().collect()));
    call
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn s3_speaks_of_headers_and_query_parameters() {
    let mut put = of_s3(
        "s3:PutObject",
        alice(),
        vec![
            ("Bucket", text("logs")),
            ("Key", text("a/b")),
            ("ServerSideEncryption", text("aws:kms")),
            ("SSEKMSKeyId", text(KEY)),
            ("SSECustomerKey", text("very secret")),
            ("ContentType", text("text/plain")),
        ],
    );
    (put.event, put.effect) = (Kind::Data, Effect::Write);
    put.response = Some(Value::Structure(
        [("VersionId", text("v1")), ("ETag", text("e"))].into_iter().collect(),
    ));
    put.asked.push(asked("s3:PutObject", "arn:aws:s3:::logs/a/b", ours()));
    let put = record(put);
    let expected = json!({
        "bucketName": "logs", "key": "a/b", "Host": "localhost:4566",
        "x-amz-server-side-encryption": "aws:kms",
        "x-amz-server-side-encryption-aws-kms-key-id": KEY
    });
    assert_eq!(put["requestParameters"], expected);
    assert_eq!(put["responseElements"], json!({ "x-amz-version-id": "v1" }));
    assert_eq!(put["userAgent"], "[cli]");
    assert_eq!(put["eventCategory"], "Data");
    assert_eq!(
        put["resources"][0],
        json!({ "type": "AWS::S3::Object", "ARN": "arn:aws:s3:::logs/a/b" })
    );
    assert_eq!(put["additionalEventData"]["AuthenticationMethod"], "AuthHeader");
    let list =
        vec![("Bucket", text("logs")), ("Prefix", text("a/")), ("MaxKeys", Value::Integer(5))];
    let list = record(of_s3("s3:ListObjectsV2", alice(), list));
    assert_eq!(list["eventName"], "ListObjects");
    assert_eq!(list["resources"][0]["ARNPrefix"], "arn:aws:s3:::logs/a/");
    assert_eq!(list["requestParameters"]["list-type"], "2");
    assert_eq!(list["requestParameters"]["max-keys"], "5");
}

#[test]
fn s3_shows_the_bodies_of_bucket_settings_as_json() {
    let policy = vec![("Bucket", text("logs")), ("Policy", text(r#"{"Version":"2012-10-17"}"#))];
    let record_of = |name, input| record(of_s3(name, alice(), input))["requestParameters"].clone();
    let put = record_of("s3:PutBucketPolicy", policy);
    assert_eq!(put["bucketPolicy"], json!({ "Version": "2012-10-17" }));
    assert_eq!(put["policy"], "");
    let on = Value::Structure([("Status", text("Enabled"))].into_iter().collect());
    let versioning = vec![("Bucket", text("logs")), ("VersioningConfiguration", on)];
    let put = record_of("s3:PutBucketVersioning", versioning);
    let expected =
        json!({ "Status": "Enabled", "xmlns": "http://s3.amazonaws.com/doc/2006-03-01/" });
    assert_eq!(put["VersioningConfiguration"], expected);
}

#[test]
fn the_owner_of_a_bucket_is_told_of_strangers_also_denied_ones() {
    let owner = account("222222222222");
    let input = || vec![("Bucket", text("logs")), ("Key", text("a"))];
    let mut call = of_s3("s3:GetObject", Principal::anonymous(), input());
    call.asked.push(asked("s3:GetObject", "arn:aws:s3:::logs/a", owner));
    call.fault = Some(Fault { denial: true, ..Fault::new("AccessDenied", "Access Denied") });
    let record = record(call.clone());
    assert_eq!(record["userIdentity"]["accountId"], "anonymous");
    assert_eq!(record["recipientAccountId"], "222222222222");
    call.frame.principal = alice().into();
    assert_eq!(told(call).len(), 2);
}

#[test]
fn each_object_that_is_deleted_leaves_an_event() {
    let of = |members: Vec<(&'static str, Value)>| Value::Structure(members.into_iter().collect());
    let object = |key: &str| of(vec![("Key", text(key))]);
    let delete = of(vec![("Objects", Value::List(vec![object("a"), object("b"), object("c")]))]);
    let input = vec![("Bucket", text("logs")), ("Delete", delete)];
    let mut call = of_s3("s3:DeleteObjects", alice(), input);
    (call.event, call.effect) = (Kind::Data, Effect::Write);
    call.response = Some(of(vec![("Errors", Value::List(vec![object("b")]))]));
    let told = told(call);
    let names: Vec<_> = told.iter().map(|(_, record)| record["eventName"].as_str()).collect();
    assert_eq!(names, [Some("DeleteObjects"), Some("DeleteObject"), Some("DeleteObject")]);
    let parameters: Vec<_> = told.iter().map(|(_, record)| &record["requestParameters"]).collect();
    let host = "localhost:4566";
    assert_eq!(*parameters[0], json!({ "bucketName": "logs", "delete": "", "Host": host }));
    assert_eq!(*parameters[2], json!({ "bucketName": "logs", "key": "c", "Host": host }));
    assert_ne!(told[1].1["eventID"], told[2].1["eventID"]);
    assert_eq!(told[1].1["requestID"], told[2].1["requestID"]);
}
