//! Values as AWS shows them in an answer: Java's words for them.

use super::path::lower_camel;
use crate::Value;
use crate::model::{Kind, Service, Shape};

/// The longest value that is shown, in characters; AWS shows them whole, but nobody reads a megabyte.
const SHOWN_CHARS_MAX: usize = 1_024;

/// A value in an answer; `None` where it, or anything within it, must not be shown.
pub(super) fn shown(service: &Service, shape: &Shape, value: &Value) -> Option<String> {
    if shape.sensitive {
        return None;
    }
    let inner = |id, value: &Value| shown(service, service.shape(id)?, value);
    let text = match (&shape.kind, value) {
        (Kind::Structure(kind), Value::Structure(members)) => {
            let member = |(name, value): (&'static str, &Value)| {
                let shown = inner(kind.member(name)?.shape, value)?;
                Some(format!("{}={shown}", lower_camel(name)))
            };
            format!("{}({})", shape.name, joined(members.iter().map(member))?)
        }
        (Kind::List { element, .. }, Value::List(elements)) => {
            format!("[{}]", joined(elements.iter().map(|value| inner(*element, value)))?)
        }
        (Kind::Map { key, value: id, .. }, Value::Map(entries)) => {
            if service.shape(*key)?.sensitive {
                return None;
            }
            let entry = |(key, value)| Some(format!("{key}={}", inner(*id, value)?));
            format!("{{{}}}", joined(entries.iter().map(entry))?)
        }
        (_, Value::Blob(bytes)) => {
            format!("java.nio.HeapByteBuffer[pos=0 lim={0} cap={0}]", bytes.len())
        }
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Integer(number)) => number.to_string(),
        (_, Value::Float(number)) => format!("{number:?}"),
        (_, Value::Boolean(value)) => value.to_string(),
        _ => return None,
    };
    Some(text.chars().take(SHOWN_CHARS_MAX).collect())
}

fn joined(parts: impl Iterator<Item = Option<String>>) -> Option<String> {
    Some(parts.collect::<Option<Vec<_>>>()?.join(", "))
}
