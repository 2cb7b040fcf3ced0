//! Values made up from the model, for the round trips of the tests.

use super::{Kind, Service, ShapeId};
use crate::value::Value;

/// A value of a shape in which every member is set, down to this depth.
pub(crate) fn sample(service: &'static Service, id: ShapeId, depth: usize) -> Value {
    let shape = service.shape(id).unwrap();
    match &shape.kind {
        Kind::Structure(structure) => {
            let deep = structure.members.iter().filter(|member| {
                depth > 0 || service.shape(member.shape).is_some_and(|shape| shape.kind.is_scalar())
            });
            let member = |member: &super::Member| {
                (member.name, sample(service, member.shape, depth.saturating_sub(1)))
            };
            Value::Structure(deep.map(member).collect())
        }
        Kind::List { .. } if depth == 0 => Value::List(Vec::new()),
        Kind::List { element, .. } => {
            Value::List((0..2).map(|_| sample(service, *element, depth - 1)).collect())
        }
        Kind::Map { .. } if depth == 0 => Value::Map(Default::default()),
        Kind::Map { value, .. } => {
            let entry = |key: &str| (key.to_owned(), sample(service, *value, depth - 1));
            Value::Map(["a", "日本"].map(entry).into_iter().collect())
        }
        Kind::String { values, .. } => {
            Value::Text(values.last().copied().unwrap_or("a \"<&>\" 日本").to_owned())
        }
        Kind::Blob { .. } => Value::Blob(vec![0, 159, 146, 150].into()),
        Kind::Boolean => Value::Boolean(id.0.is_multiple_of(2)),
        Kind::Integer(_) => Value::Integer(i64::from(i32::MIN) + i64::from(id.0)),
        Kind::Long(_) => Value::Integer(i64::MAX - i64::from(id.0)),
        Kind::Float(_) => Value::Float(f64::from(id.0) / 7.0),
        // RFC 822 has whole seconds only.
        Kind::Timestamp(super::TimestampFormat::Rfc822) => Value::Integer(1_700_000_000_000),
        Kind::Timestamp(_) => Value::Integer(1_700_000_000_123),
    }
}
