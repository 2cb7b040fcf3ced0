//! Inputs and outputs of S3 as plain JSON, by the names of their members: on the wire they stand in
//! headers, queries and XML, which is another crate's affair. Timestamps are milliseconds.

use sekisho_wire::Value;
use sekisho_wire::model::{Kind, Service, ShapeId, StructureShape};
use serde_json::Value as Json;

/// Reads an input. A member that the model does not have is a mistake of the test.
pub(crate) fn read(service: &'static Service, shape: ShapeId, json: &Json) -> Value {
    match (&service.shape(shape).unwrap().kind, json) {
        (Kind::Structure(structure), Json::Object(members)) => {
            let member = |(name, json): (&String, &Json)| {
                let (name, shape) = member(structure, name);
                (name, read(service, shape, json))
            };
            Value::Structure(members.iter().map(member).collect())
        }
        (Kind::List { element, .. }, Json::Array(items)) => {
            Value::List(items.iter().map(|item| read(service, *element, item)).collect())
        }
        (Kind::Map { value, .. }, Json::Object(entries)) => {
            let entry = |(key, item): (&String, &Json)| (key.clone(), read(service, *value, item));
            Value::Map(entries.iter().map(entry).collect())
        }
        (Kind::Blob { .. }, Json::String(text)) => Value::Blob(text.clone().into_bytes().into()),
        (Kind::String { .. }, Json::String(text)) => Value::Text(text.clone()),
        (Kind::Boolean, Json::Bool(value)) => Value::Boolean(*value),
        (_, Json::Number(number)) => Value::Integer(number.as_i64().unwrap()),
        (kind, json) => panic!("{json} is no {kind:?}"),
    }
}

/// Writes an output; members that the model does not have are a mistake of the operation.
pub(crate) fn write(service: &'static Service, shape: ShapeId, value: &Value) -> Json {
    match (&service.shape(shape).unwrap().kind, value) {
        (Kind::Structure(structure), Value::Structure(members)) => {
            let member = |(name, value)| {
                let (name, shape) = member(structure, name);
                (name.to_owned(), write(service, shape, value))
            };
            Json::Object(members.iter().map(member).collect())
        }
        (Kind::List { element, .. }, Value::List(items)) => {
            items.iter().map(|item| write(service, *element, item)).collect()
        }
        (Kind::Map { value, .. }, Value::Map(entries)) => {
            let entry =
                |(key, item): (&String, &Value)| (key.clone(), write(service, *value, item));
            Json::Object(entries.iter().map(entry).collect())
        }
        (_, Value::Text(text)) => text.clone().into(),
        (_, Value::Boolean(value)) => (*value).into(),
        (_, Value::Integer(number)) => (*number).into(),
        (_, Value::Blob(bytes)) => String::from_utf8_lossy(bytes).into(),
        (kind, value) => panic!("{value:?} is no {kind:?}"),
    }
}

fn member(structure: &StructureShape, name: &str) -> (&'static str, ShapeId) {
    let found = structure.members.iter().find(|member| member.name == name);
    let found = found.unwrap_or_else(|| panic!("the model has no member `{name}`"));
    (found.name, found.shape)
}
