//! JSON of real services, there and back, and what AWS says of JSON that does not fit.

use super::{read, write};
use crate::model::{self, Kind, Service, ShapeId};
use crate::unreadable::{ELEMENTS_MAX, Unreadable, Unwritable};
use crate::value::{Structure, Value};

fn shape(service: &str, name: &str) -> (&'static Service, ShapeId) {
    let service = model::service(service).unwrap();
    (service, service.shape_named(name).unwrap_or_else(|| panic!("{name}")))
}

fn members(service: &str, name: &str, body: &str) -> Structure {
    let (service, id) = shape(service, name);
    match read(service, id, body.as_bytes()) {
        Ok(Value::Structure(members)) => members,
        other => panic!("{other:?}"),
    }
}

fn refused(service: &str, name: &str, body: &str) -> Unreadable {
    let (service, id) = shape(service, name);
    read(service, id, body.as_bytes()).unwrap_err()
}

fn again(service: &str, name: &str, body: &str) -> String {
    let (service, id) = shape(service, name);
    let value = read(service, id, body.as_bytes()).unwrap();
    String::from_utf8(write(service, id, &value).unwrap()).unwrap()
}

#[test]
fn bodies_go_there_and_back() {
    let same = |service, name, body| assert_eq!(again(service, name, body), body);
    same(
        "kms",
        "EncryptRequest",
        r#"{"KeyId":"alias/a","Plaintext":"c2VjcmV0","EncryptionContext":{"k":"v","日本":"語"},"GrantTokens":["a","b"],"DryRun":false}"#,
    );
    same(
        "kms",
        "KeyMetadata",
        r#"{"KeyId":"k","CreationDate":1700000000.25,"DeletionDate":-0.5,"PendingDeletionWindowInDays":7}"#,
    );
    same("logs", "InputLogEvent", r#"{"timestamp":9223372036854775807,"message":"\"\\\n\u0001"}"#);
    same(
        "cloudwatch",
        "Datapoint",
        r#"{"Timestamp":1,"SampleCount":0.1,"Average":1e300,"Sum":"NaN","Minimum":"-Infinity","Maximum":"Infinity"}"#,
    );
    same(
        "codepipeline",
        "StageDeclaration",
        r#"{"name":"s","actions":[{"name":"a","actionTypeId":{"category":"Build","owner":"AWS","provider":"CodeBuild","version":"1"},"configuration":{"ProjectName":"p"}}]}"#,
    );
}

#[test]
fn values_are_what_the_model_says() {
    let read = members("kms", "EncryptRequest", r#"{"Plaintext":"c2VjcmV0"}"#);
    assert_eq!(read.get("Plaintext"), Some(&Value::Blob(b"secret".as_slice().into())));
    let read = members("kms", "KeyMetadata", r#"{"CreationDate":1.0005,"DeletionDate":2}"#);
    assert_eq!(read.get("CreationDate"), Some(&Value::Integer(1_001)));
    assert_eq!(read.get("DeletionDate"), Some(&Value::Integer(2_000)));
    let read = members("cloudwatch", "Datapoint", r#"{"Sum":1,"Average":18446744073709551615}"#);
    assert_eq!(read.get("Sum"), Some(&Value::Float(1.0)));
    assert_eq!(read.get("Average"), Some(&Value::Float(18_446_744_073_709_551_615.0)));
    let read = members("kms", "KeyMetadata", r#"{"PendingDeletionWindowInDays":7.0}"#);
    assert_eq!(read.get("PendingDeletionWindowInDays"), Some(&Value::Integer(7)));
}

#[test]
fn null_and_unknown_members_are_absent() {
    let body = r#"{"KeyId":null,"New":{"x":[1,{"y":null}]},"DryRun":true,"GrantTokens":[]}"#;
    let read = members("kms", "EncryptRequest", body);
    let names = read.iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names, ["DryRun", "GrantTokens"]);
    // In the path of the request, so not in its body.
    let read = members("lambda", "InvocationRequest", r#"{"FunctionName":"f","Payload":""}"#);
    assert!(read.get("FunctionName").is_none());
}

#[test]
fn the_last_of_two_counts() {
    let read = members("kms", "EncryptRequest", r#"{"KeyId":"a","KeyId":"b"}"#);
    assert_eq!(read.get("KeyId"), Some(&Value::Text("b".to_owned())));
}

#[test]
fn what_does_not_fit_is_said_in_the_words_of_aws() {
    let says = |service, name, body: &str, message: &str| {
        assert_eq!(refused(service, name, body).message().unwrap(), message, "{body}");
    };
    let kms = |body, message| says("kms", "EncryptRequest", body, message);
    kms(r#"{"KeyId":1}"#, "NUMBER_VALUE can not be converted to a String");
    kms(r#"{"KeyId":1.5}"#, "DECIMAL_VALUE can not be converted to a String");
    kms(r#"{"KeyId":true}"#, "TRUE_VALUE can not be converted to a String");
    kms(r#"{"KeyId":{}}"#, "Start of structure or map found where not expected.");
    kms(r#"{"KeyId":[]}"#, "Start of list found where not expected");
    kms(r#"{"DryRun":"true"}"#, "STRING_VALUE can not be converted to a Boolean");
    kms(r#"{"GrantTokens":"x"}"#, "Expected list or null");
    kms(r#"{"GrantTokens":{}}"#, "Start of structure or map found where not expected.");
    kms(r#"{"GrantTokens":[null]}"#, "NULL_VALUE can not be converted to a String");
    kms(r#"{"EncryptionContext":"x"}"#, "Expected map or null");
    kms(r#"{"EncryptionContext":[]}"#, "Start of list found where not expected");
    kms(r#"{"EncryptionContext":{"k":1}}"#, "NUMBER_VALUE can not be converted to a String");
    kms("[]", "Start of list found where not expected");
    says("kms", "DescribeKeyResponse", r#"{"KeyMetadata":3}"#, "Expected null");
    let number = |body, message: &str| {
        says("kms", "ScheduleKeyDeletionRequest", body, message);
    };
    let integer = "can not be converted to an Integer";
    number(r#"{"PendingWindowInDays":"7"}"#, &format!("STRING_VALUE {integer}"));
    number(r#"{"PendingWindowInDays":7.5}"#, &format!("DECIMAL_VALUE {integer}"));
    number(r#"{"PendingWindowInDays":2147483648}"#, &format!("NUMBER_VALUE {integer}"));
    number(r#"{"PendingWindowInDays":18446744073709551615}"#, &format!("NUMBER_VALUE {integer}"));
    let time = |body, token: &str| {
        says("kms", "KeyMetadata", body, &format!("{token} can not be converted to a Timestamp"));
    };
    time(r#"{"CreationDate":"2020-01-01T00:00:00Z"}"#, "STRING_VALUE");
    time(r#"{"CreationDate":9223372036854775807}"#, "NUMBER_VALUE");
    time(r#"{"CreationDate":1e300}"#, "DECIMAL_VALUE");
}

#[test]
fn what_is_no_base64_is_said_without_its_secret() {
    let says = |service, name, body: &str, message: &str| {
        assert_eq!(refused(service, name, body).message().unwrap(), message, "{body}");
    };
    let start = "can not be converted to a Blob:";
    let odd = "Base64 encoded length is expected a multiple of 4 bytes but found: 3";
    says("kms", "DecryptRequest", r#"{"CiphertextBlob":"abc"}"#, &format!("'abc' {start} {odd}"));
    says("kms", "EncryptRequest", r#"{"Plaintext":"abc"}"#, &format!("'' {start} {odd}"));
    let body = r#"{"CiphertextBlob":"ab*="}"#;
    let bad = format!("'ab*=' {start} Invalid Base64 character: '*'");
    says("kms", "DecryptRequest", body, &bad);
    let body = r#"{"CiphertextBlob":"ab=="}"#;
    let bad = format!("'ab==' {start} Invalid last non-pad Base64 character dectected");
    says("kms", "DecryptRequest", body, &bad);
}

#[test]
fn broken_bodies_have_no_message() {
    let broken =
        ["", "null", "{", r#"{"KeyId":"#, r#"{"KeyId":"a"} x"#, "{'a':1}", "{\"KeyId\":\"\u{1}\"}"];
    for body in broken {
        let found = refused("kms", "EncryptRequest", body);
        assert_eq!((&found, found.message()), (&Unreadable::Malformed, None), "{body}");
    }
    let (kms, id) = shape("kms", "EncryptRequest");
    assert_eq!(read(kms, id, b"{\"KeyId\":\"\xff\"}"), Err(Unreadable::Malformed));
}

#[test]
fn depth_and_size_are_bounded() {
    let (ssm, id) = shape("ssm", "InventoryAggregator");
    let nested = |times: usize| {
        let open = r#"{"Expression":"x","Aggregators":["#.repeat(times);
        format!("{open}{}", "]}".repeat(times))
    };
    assert!(read(ssm, id, nested(20).as_bytes()).is_ok());
    assert_eq!(read(ssm, id, nested(60).as_bytes()), Err(Unreadable::Malformed));
    assert_eq!(read(ssm, id, nested(100_000).as_bytes()), Err(Unreadable::Malformed));
    let wide = |times: usize| format!(r#"{{"GrantTokens":["a"{}]}}"#, r#","a""#.repeat(times));
    assert_eq!(refused("kms", "EncryptRequest", &wide(ELEMENTS_MAX)), Unreadable::TooLarge);
    members("kms", "EncryptRequest", &wide(1_000));
    // What nobody reads is skipped without recursion.
    members("kms", "EncryptRequest", &format!(r#"{{"X":{}{}}}"#, "[".repeat(90), "]".repeat(90)));
}

#[test]
fn what_the_model_does_not_hold_is_not_written() {
    let (kms, id) = shape("kms", "KeyMetadata");
    let written = |name, value| {
        write(kms, id, &Value::Structure([(name, value)].into_iter().collect())).unwrap_err()
    };
    let unknown = Unwritable::UnknownMember { shape: "KeyMetadata", member: "Colour" };
    assert_eq!(written("Colour", Value::Boolean(true)), unknown);
    let other = |shape| Unwritable::OtherKind { shape };
    assert_eq!(written("KeyId", Value::Boolean(true)), other("KeyIdType"));
    let wide = Value::Integer(i64::MAX);
    assert_eq!(written("PendingDeletionWindowInDays", wide), other("PendingWindowInDaysType"));
}

/// For every shape of every service: what is made up from the model comes back as it was.
#[test]
fn every_shape_goes_there_and_back() {
    for service in model::services().filter(|service| service.name != "s3") {
        for index in 0..service.shapes.len() {
            let id = ShapeId(index.try_into().unwrap());
            let Kind::Structure(_) = service.shape(id).unwrap().kind else { continue };
            let value = model::sample(service, id, 4);
            let body = write(service, id, &value).unwrap();
            let expected = in_body(service, id, value);
            let name = service.shape(id).unwrap().name;
            assert_eq!(read(service, id, &body).as_ref(), Ok(&expected), "{} {name}", service.name);
        }
    }
}

/// Without what stands elsewhere in the message.
fn in_body(service: &'static Service, id: ShapeId, value: Value) -> Value {
    let Value::Structure(members) = value else { return value };
    let Kind::Structure(shape) = &service.shape(id).unwrap().kind else { panic!() };
    let kept = members.into_iter().filter_map(|(name, value)| {
        let member = shape.member(name).unwrap();
        let there = member.location == model::Location::Body && !member.streaming;
        there.then(|| (name, nested(service, member.shape, value)))
    });
    Value::Structure(kept.collect())
}

fn nested(service: &'static Service, id: ShapeId, value: Value) -> Value {
    match (&service.shape(id).unwrap().kind, value) {
        (Kind::List { element, .. }, Value::List(values)) => {
            Value::List(values.into_iter().map(|value| nested(service, *element, value)).collect())
        }
        (Kind::Map { value: id, .. }, Value::Map(entries)) => {
            let entry = |(key, value)| (key, nested(service, *id, value));
            Value::Map(entries.into_iter().map(entry).collect())
        }
        (_, value) => in_body(service, id, value),
    }
}
