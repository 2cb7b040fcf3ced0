//! Structs as operations declare them, there and back, and held against the models.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::*;
use crate::model::{self, Service, ShapeId};
use crate::value::{Structure, Value};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct EncryptRequest {
    key_id: String,
    plaintext: Blob,
    encryption_context: Option<BTreeMap<String, String>>,
    grant_tokens: Option<Vec<String>>,
    encryption_algorithm: Option<Algorithm>,
    dry_run: Option<bool>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Algorithm {
    #[serde(rename = "SYMMETRIC_DEFAULT")]
    Symmetric,
    #[serde(rename = "RSAES_OAEP_SHA_256")]
    Rsa,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Metadata {
    key_id: String,
    creation_date: Option<Millis>,
    pending_deletion_window_in_days: Option<i32>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct DescribeKeyResponse {
    key_metadata: Option<Metadata>,
}

/// A union.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Event {
    StartEvent(Start),
    EndEvent(Start),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Start {}

fn request() -> EncryptRequest {
    EncryptRequest {
        key_id: "alias/a".to_owned(),
        plaintext: b"secret".as_slice().into(),
        encryption_context: Some(BTreeMap::from([("k".to_owned(), "v".to_owned())])),
        grant_tokens: Some(vec!["t".to_owned()]),
        encryption_algorithm: Some(Algorithm::Symmetric),
        dry_run: None,
    }
}

fn structure<const N: usize>(members: [(&'static str, Value); N]) -> Value {
    Value::Structure(members.into_iter().collect())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn shape(name: &str) -> (&'static Service, ShapeId) {
    let kms = model::service("kms").unwrap();
    (kms, kms.shape_named(name).unwrap())
}

#[test]
fn a_struct_goes_there_and_back() {
    let value = to_value(&request()).unwrap();
    let expected = structure([
        ("KeyId", text("alias/a")),
        ("Plaintext", Value::Blob(b"secret".as_slice().into())),
        ("EncryptionContext", Value::Map(BTreeMap::from([("k".to_owned(), text("v"))]))),
        ("GrantTokens", Value::List(vec![text("t")])),
        ("EncryptionAlgorithm", text("SYMMETRIC_DEFAULT")),
    ]);
    assert_eq!(value, expected);
    assert_eq!(from_value::<EncryptRequest>(value), Ok(request()));
}

#[test]
fn a_time_is_an_integer() {
    let metadata = Metadata {
        key_id: "k".to_owned(),
        creation_date: Some(Millis(1_500)),
        pending_deletion_window_in_days: Some(7),
    };
    let value = to_value(&metadata).unwrap();
    let Value::Structure(members) = &value else { panic!("{value:?}") };
    assert_eq!(members.get("CreationDate"), Some(&Value::Integer(1_500)));
    assert_eq!(from_value::<Metadata>(value), Ok(metadata));
}

#[test]
fn a_blob_is_not_copied() {
    let bytes = bytes::Bytes::from(vec![7; 64]);
    let place = bytes.as_ptr();
    let blob: Blob = from_value(Value::Blob(bytes)).unwrap();
    assert_eq!(blob.0.as_ptr(), place);
}

#[test]
fn a_union_is_an_enum_of_newtypes() {
    let value = to_value(&Event::EndEvent(Start {})).unwrap();
    assert_eq!(value, structure([("endEvent", structure([]))]));
    assert_eq!(from_value::<Event>(value), Ok(Event::EndEvent(Start {})));
    let refused = |value| from_value::<Event>(value).unwrap_err();
    let other = refused(structure([("pauseEvent", structure([]))]));
    assert_eq!(other, FromValueError::MemberNotServed { path: "pauseEvent".to_owned() });
    let both = structure([("endEvent", structure([])), ("startEvent", structure([]))]);
    for value in [both, structure([]), text("endEvent"), Value::Boolean(true)] {
        assert!(matches!(refused(value), FromValueError::Mismatch { .. }));
    }
}

#[test]
fn what_is_not_served_is_told_from_what_does_not_fit() {
    let refused = |name: &'static str, value: Value| {
        let mut members: Structure = match to_value(&request()) {
            Ok(Value::Structure(members)) => members,
            other => panic!("{other:?}"),
        };
        members.set(name, value);
        from_value::<EncryptRequest>(Value::Structure(members)).unwrap_err()
    };
    assert_eq!(refused("New", text("x")).to_string(), "`New` is not served");
    assert_eq!(
        refused("EncryptionAlgorithm", text("SM2PKE")),
        FromValueError::ValueNotServed {
            path: "EncryptionAlgorithm".to_owned(),
            value: "SM2PKE".to_owned()
        }
    );
    let list = refused("GrantTokens", Value::List(vec![text("t"), Value::Integer(1)]));
    let FromValueError::Mismatch { path, .. } = list else { panic!("{list:?}") };
    assert_eq!(path, "GrantTokens[1]");
    let nested = structure([("KeyMetadata", structure([("KeyId", text("k")), ("X", text("x"))]))]);
    let nested = from_value::<DescribeKeyResponse>(nested).unwrap_err();
    assert_eq!(nested.to_string(), "`KeyMetadata.X` is not served");
    let missing = from_value::<EncryptRequest>(structure([("KeyId", text("k"))])).unwrap_err();
    assert_eq!(missing, FromValueError::Missing { path: "Plaintext".to_owned() });
    assert!(matches!(refused("KeyId", structure([])), FromValueError::Mismatch { .. }));
    assert!(matches!(refused("DryRun", text("true")), FromValueError::Mismatch { .. }));
    let wide = structure([
        ("KeyId", text("k")),
        ("PendingDeletionWindowInDays", Value::Integer(i64::MAX)),
    ]);
    assert!(matches!(from_value::<Metadata>(wide), Err(FromValueError::Mismatch { .. })));
}

#[test]
fn what_no_value_can_hold_is_refused() {
    assert_eq!(to_value(&()).unwrap_err().to_string(), "a unit is no value");
    assert!(to_value(&u64::MAX).is_err());
    assert!(to_value(&[None::<u8>]).is_err());
    assert!(to_value(&BTreeMap::from([(1, 2)])).is_err());
    assert!(to_value(&None::<u8>).is_err());
}

#[test]
fn structs_hold_against_the_model() {
    let (kms, id) = shape("EncryptRequest");
    assert_eq!(holds::<EncryptRequest>(kms, id), Ok(()));
    let (_, id) = shape("DescribeKeyResponse");
    assert_eq!(holds::<DescribeKeyResponse>(kms, id), Ok(()));
}

#[test]
fn a_name_that_aws_does_not_have_is_found() {
    let complaint = |found: Result<(), String>| found.unwrap_err();
    let (kms, id) = shape("DecryptRequest");
    let found = complaint(holds::<EncryptRequest>(kms, id));
    assert_eq!(found, "`DecryptRequest` of the model has no member `Plaintext`");

    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Deep {
        #[serde(rename = "KeyMetadata")]
        _metadata: Option<Wrong>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Wrong {
        #[serde(rename = "KeyState")]
        _state: Option<State>,
        #[serde(rename = "Enabled")]
        _enabled: Option<i32>,
    }
    #[derive(Deserialize)]
    enum State {
        Enabled,
        Asleep,
    }
    let (_, id) = shape("DescribeKeyResponse");
    let found = complaint(holds::<Deep>(kms, id));
    assert!(found.contains("`KeyState` of the model has no value `Asleep`"), "{found}");
    assert!(found.contains("`BooleanType` of the model is not an integer"), "{found}");
    assert!(matches!(State::Asleep, State::Asleep) && matches!(State::Enabled, State::Enabled));
}

/// A union of two members; the second one has a name that AWS does not have.
#[derive(Deserialize)]
enum Window {
    WallClockWindow(Nothing),
    SlidingWindow(Wrong),
}

#[derive(Deserialize)]
struct Nothing;

#[derive(Deserialize)]
struct Wrong {
    #[serde(rename = "Colour")]
    colour: Option<String>,
}

#[test]
fn all_members_of_a_union_are_held() {
    let cloudwatch = model::service("cloudwatch").unwrap();
    let id = cloudwatch.shape_named("EvaluationWindow").unwrap();
    let found = holds::<Window>(cloudwatch, id).unwrap_err();
    assert_eq!(found, "`SlidingWindow` of the model has no member `Colour`");
    let read = structure([("WallClockWindow", structure([]))]);
    assert!(matches!(from_value::<Window>(read), Ok(Window::WallClockWindow(Nothing))));
    let read = structure([("SlidingWindow", structure([("Colour", text("red"))]))]);
    let Ok(Window::SlidingWindow(wrong)) = from_value::<Window>(read) else { panic!() };
    assert_eq!(wrong.colour.as_deref(), Some("red"));
}

#[test]
fn replies_are_held_with_what_they_leave_out() {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Misnamed {
        key_metadata: Option<Metadata>,
        key_metadatum: Option<String>,
    }
    let (service, shape) = shape("DescribeKeyResponse");
    let metadata = |key: &str| {
        Some(Metadata {
            key_id: key.to_owned(),
            creation_date: Some(Millis(1)),
            pending_deletion_window_in_days: None,
        })
    };
    let reply = DescribeKeyResponse { key_metadata: metadata("a") };
    assert_eq!(fits(&reply, service, shape), Ok(()));
    let misnamed = Misnamed { key_metadata: metadata("a"), key_metadatum: None };
    let told = fits(&misnamed, service, shape).unwrap_err();
    assert!(told.ends_with("is not a structure with a member `KeyMetadatum`"), "{told}");
    let other = BTreeMap::from([("KeyMetadata", 1)]);
    assert_eq!(
        fits(&other, service, shape),
        Err("`DescribeKeyResponse` of the model is not a map".to_owned())
    );
}
