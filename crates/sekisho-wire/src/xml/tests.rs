//! What is written is read back: every output of every service that answers in XML.

use crate::model::{self, Kind, Location, Member, Protocol, Service, StructureShape, sample};
use crate::reply::{self, Ids};
use crate::value::Structure;
use crate::{Value, xml};

/// Deep enough for every output; shapes that contain themselves end there.
const DEPTH: usize = 7;

/// Two members with the same name on the wire: no value can have both.
const AMBIGUOUS: [&str; 1] = ["GetBucketNotification"];

fn body(member: &Member) -> bool {
    member.location == Location::Body && !member.streaming
}

fn shape(service: &'static Service, id: model::ShapeId) -> &'static StructureShape {
    match &service.shape(id).unwrap().kind {
        Kind::Structure(shape) => shape,
        other => panic!("{other:?}"),
    }
}

/// An output of which all members stand in the body.
fn output(service: &'static Service, id: model::ShapeId) -> Structure {
    let Value::Structure(structure) = sample(service, id, DEPTH) else { panic!() };
    let members = shape(service, id).members;
    let in_body = |name: &str| members.iter().any(|member| member.name == name && body(member));
    structure.into_iter().filter(|(name, _)| in_body(name)).collect()
}

/// The sample of a time. Some services write whole seconds (`crates/sekisho-wire/tests/tables.rs`).
const TIME_MS: i64 = 1_700_000_000_123;

/// Empty lists and maps in lists without an element of their own leave no trace.
fn without_empty(value: Value) -> Option<Value> {
    Some(match value {
        Value::List(values) if values.is_empty() => return None,
        Value::Map(map) if map.is_empty() => return None,
        Value::Structure(structure) => Value::Structure(
            structure
                .into_iter()
                .filter_map(|(name, value)| Some((name, without_empty(value)?)))
                .collect(),
        ),
        Value::List(values) => Value::List(values.into_iter().filter_map(without_empty).collect()),
        Value::Map(map) => Value::Map(
            map.into_iter().filter_map(|(key, value)| Some((key, without_empty(value)?))).collect(),
        ),
        Value::Integer(TIME_MS) => Value::Integer(TIME_MS - TIME_MS % 1000),
        other => other,
    })
}

/// How often outputs of a protocol came back.
fn round_trips(protocol: Protocol, read: impl Fn(&xml::Element) -> &xml::Element) -> usize {
    let mut count = 0;
    for service in model::services().filter(|service| service.protocols.contains(&protocol)) {
        for operation in service.operations {
            let Some(id) = operation.output else { continue };
            let output = output(service, id);
            let has_document = shape(service, id).payload.is_empty() && !output.is_empty();
            if !has_document || AMBIGUOUS.contains(&operation.name) {
                continue;
            }
            let ids = Ids { request: "rid", host: "hid" };
            let reply = reply::write(service, operation, protocol, &output, ids).unwrap();
            let document = xml::parse(reply.body()).unwrap();
            let found = if operation.name == "GetBucketLocation" {
                let region = Value::Text(document.text.clone());
                [("LocationConstraint", region)].into_iter().collect()
            } else {
                xml::read::structure(service, shape(service, id), read(&document)).unwrap()
            };
            let (found, output) = (Value::Structure(found), Value::Structure(output));
            assert_eq!(without_empty(found), without_empty(output), "{}", operation.name);
            count += 1;
        }
    }
    count
}

#[test]
fn replies_of_query_services_come_back() {
    let count = round_trips(Protocol::Query, |document| {
        document.children.iter().find(|child| child.name.ends_with("Result")).unwrap()
    });
    assert!(count > 200, "{count}");
}

#[test]
fn documents_of_s3_come_back() {
    assert_eq!(round_trips(Protocol::RestXml, |document| document), 32);
}
