//! Values in headers.
//!
//! HTTP headers are bytes. AWS reads and writes ASCII, but user metadata may hold more: S3 gives such a
//! value back as an RFC 2047 word (User Guide, "Working with object metadata": `=?UTF-8?B?...?=`), because
//! a client could not know the encoding otherwise.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::Value;
use crate::model::{Kind, Member, Service, TimestampFormat};
use crate::text::{self, Place, wire_name};

/// Bytes of names and values that user metadata may have together: S3's limit (User Guide, "Working with
/// object metadata").
pub const METADATA_BYTES_MAX: usize = 2048;

/// Reads a member that is a header; `None` where it is not there.
pub(super) fn read(
    service: &'static Service,
    member: &Member,
    headers: &HeaderMap,
) -> Result<Option<Value>, String> {
    let Some(text) = joined(headers, wire_name(member)) else { return Ok(None) };
    let shape = text::shape(service, member.shape)?;
    let Kind::List { element, .. } = shape.kind else {
        return text::read(shape, member.timestamp, Place::Header, &text).map(Some);
    };
    let element = text::shape(service, element)?;
    let read = |text: &str| text::read(element, TimestampFormat::Usual, Place::Header, text.trim());
    text.split(',').map(read).collect::<Result<_, _>>().map(|list| Some(Value::List(list)))
}

/// Reads all headers with a prefix; the names are in lower case, as S3 keeps them.
pub(super) fn read_prefixed(prefix: &str, headers: &HeaderMap) -> Result<Option<Value>, String> {
    let prefix = prefix.to_ascii_lowercase();
    let mut map = BTreeMap::new();
    let mut bytes = 0;
    for name in headers.keys() {
        let Some(key) = name.as_str().strip_prefix(&prefix) else { continue };
        let text = joined(headers, name.as_str()).unwrap_or_default();
        bytes += key.len() + text.len();
        if bytes > METADATA_BYTES_MAX {
            return Err(format!("more than {METADATA_BYTES_MAX} bytes of metadata"));
        }
        map.insert(key.to_owned(), Value::Text(text));
    }
    Ok(Some(Value::Map(map)).filter(|_| bytes > 0))
}

/// Values of a name that stands there more than once are one list (RFC 9110, section 5.3).
fn joined(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut values = headers.get_all(name).iter().map(|value| decode(value.as_bytes()));
    let first = values.next()?;
    Some(values.fold(first, |joined, value| format!("{joined},{value}")))
}

/// UTF-8 where it is, else Latin-1, which every sequence of bytes is.
fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

/// Writes a member that is a header. An empty list is no header.
pub(super) fn write(
    service: &'static Service,
    member: &Member,
    value: &Value,
    headers: &mut HeaderMap,
) -> Result<(), String> {
    let shape = text::shape(service, member.shape)?;
    let text = match (&shape.kind, value) {
        (Kind::List { .. }, Value::List(values)) if values.is_empty() => return Ok(()),
        (Kind::List { element, .. }, Value::List(values)) => {
            let element = text::shape(service, *element)?;
            let write = |value| text::write(element, TimestampFormat::Usual, Place::Header, value);
            values.iter().map(write).collect::<Option<Vec<_>>>().map(|texts| texts.join(","))
        }
        _ => text::write(shape, member.timestamp, Place::Header, value),
    };
    insert(headers, wire_name(member), &text.ok_or("is not of the model's kind")?)
}

/// Writes a map as headers with a prefix.
pub(super) fn write_prefixed(
    prefix: &str,
    value: &Value,
    headers: &mut HeaderMap,
) -> Result<(), String> {
    let Value::Map(map) = value else { return Err("is not a map".to_owned()) };
    for (key, value) in map {
        let Value::Text(text) = value else { return Err(format!("`{key}` is not a string")) };
        insert(headers, &format!("{prefix}{key}"), text)?;
    }
    Ok(())
}

fn insert(headers: &mut HeaderMap, name: &str, text: &str) -> Result<(), String> {
    let bad_name = |_| format!("`{name}` is no name of a header");
    let name = HeaderName::try_from(name).map_err(bad_name)?;
    let encoded = if text.is_ascii() {
        text.to_owned()
    } else {
        format!("=?UTF-8?B?{}?=", STANDARD.encode(text))
    };
    let value = HeaderValue::try_from(encoded)
        .map_err(|_| format!("the value of header `{name}` has a control character"))?;
    headers.insert(name, value);
    Ok(())
}
