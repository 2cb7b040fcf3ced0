//! CBOR there and back, and what is not CBOR or does not fit the model.

use super::{read, write};
use crate::Unreadable;
use crate::Value;
use crate::model::{self, Kind, ShapeId, sample};

fn shape(name: &str) -> ShapeId {
    let shapes = model::service("cloudwatch").unwrap().shapes;
    let place = shapes.iter().position(|shape| shape.name == name).unwrap();
    ShapeId(place.try_into().unwrap())
}

fn read_as(name: &str, body: &[u8]) -> Result<Value, Unreadable> {
    read(model::service("cloudwatch").unwrap(), shape(name), body)
}

#[test]
fn bodies_go_there_and_back() {
    for service in model::services().filter(|service| service.name != "s3") {
        for (place, shape) in service.shapes.iter().enumerate() {
            if !matches!(&shape.kind, Kind::Structure(shape)
                if shape.members.iter().all(|member| member.location == model::Location::Body && !member.streaming))
            {
                continue;
            }
            let id = ShapeId(place.try_into().unwrap());
            let value = sample(service, id, 3);
            let body = write(service, id, &value).unwrap();
            if let Ok(back) = read(service, id, &body) {
                assert_eq!(back, value, "{} {}", service.name, shape.name);
            } else {
                panic!("{} {}", service.name, shape.name);
            }
        }
    }
}

#[test]
fn lengths_may_be_unknown_and_numbers_of_any_width() {
    // {_ "Name": (_ "a" "b"), "Value": null, "New": [_ {}, 1]}
    let body = b"\xbf\x64Name\x7f\x61a\x61b\xff\x65Value\xf6\x63New\x9f\xa0\x01\xff\xff";
    let name = Value::Text("ab".to_owned());
    let expected = Value::Structure([("Name", name)].into_iter().collect());
    assert_eq!(read_as("Dimension", body), Ok(expected));
    for (body, number) in
        [(&b"\xf9\x3e\x00"[..], 1.5), (b"\xfa\x3f\xc0\0\0", 1.5), (b"\x18\x2a", 42.0)]
    {
        assert_eq!(read_as("DatapointValue", body), Ok(Value::Float(number)));
    }
    assert_eq!(read_as("Timestamp", b"\xc1\x01"), Ok(Value::Integer(1000)));
    assert_eq!(read_as("Timestamp", b"\xc1\xf9\x3e\x00"), Ok(Value::Integer(1500)));
}

#[test]
fn what_is_not_of_the_shape_is_refused() {
    let bad: [(&str, &[u8]); 8] = [
        ("Dimension", b"\x80"),
        ("Dimension", b"\xa1\x64Name\x01"),
        ("Dimension", b"\xa1\x01\x01"),
        ("Timestamp", b"\x01"),
        ("Timestamp", b"\xc0\x01"),
        ("Timestamp", b"\xc1\x1b\x7f\xff\xff\xff\xff\xff\xff\xff"),
        ("Dimensions", b"\x81\xf6"),
        ("DatapointValue", b"\xf5"),
    ];
    for (name, body) in bad {
        assert!(read_as(name, body).is_err(), "{name} {body:?}");
    }
}

#[test]
fn broken_bodies_end_in_an_answer() {
    let whole = b"\xa2\x64Name\x61a\x65Value\x61b";
    for length in 0..whole.len() {
        assert_eq!(read_as("Dimension", &whole[..length]), Err(Unreadable::Malformed));
    }
    assert_eq!(read_as("Dimension", b"\xa0\x00"), Err(Unreadable::Malformed));
    assert_eq!(
        read_as("Dimension", b"\xa1\x64Nope\x9b\xff\xff\xff\xff\xff\xff\xff\xff"),
        Err(Unreadable::Malformed)
    );
    assert!(read_as("Dimensions", b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff").is_err());
    let many = [&b"\x9a\x00\x0f\x42\x40"[..], &b"\xa0".repeat(1_000_000)].concat();
    assert_eq!(read_as("Dimensions", &many), Err(Unreadable::TooLarge));
    let deep = [&b"\xa1\x61x"[..], &b"\x81".repeat(1_000_000)].concat();
    assert_eq!(read_as("Dimension", &deep), Err(Unreadable::Malformed));
}
