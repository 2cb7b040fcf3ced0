//! Scalars as text: what stands in forms, headers, paths, query strings and XML elements.
//!
//! Rules: Smithy's "HTTP binding traits" and "awsQuery" protocol pages; the model says which of the
//! three timestamp formats a place has.

mod time;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use crate::Value;
use crate::model::{Kind, Member, Service, Shape, ShapeId, TimestampFormat};

/// Where the text stands: it decides how a timestamp looks whose model says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a form or in the XML that answers one: whole seconds, as IAM and STS write them
    /// (`2015-01-01T12:00:00Z`).
    Query,
    /// In the XML, the query string or the path of a REST request or reply: whole seconds with three
    /// noughts, as S3 writes them (`2015-01-01T12:00:00.000Z`).
    Rest,
    /// In text that tells milliseconds: in JSON, and in the XML of CloudFormation and CloudWatch.
    Precise,
    /// In a header.
    Header,
}

/// What a member is called on the wire.
pub(crate) fn wire_name(member: &Member) -> &'static str {
    if member.location_name.is_empty() { member.name } else { member.location_name }
}

/// A shape; a model that refers to a shape that it does not have is broken.
pub(crate) fn shape(service: &'static Service, id: ShapeId) -> Result<&'static Shape, String> {
    service
        .shape(id)
        .ok_or_else(|| format!("the model of `{}` has no shape {}", service.name, id.0))
}

/// Reads a scalar; the error says what was expected.
pub(crate) fn read(
    shape: &Shape,
    member: TimestampFormat,
    place: Place,
    text: &str,
) -> Result<Value, String> {
    let value = match &shape.kind {
        Kind::String { .. } => Some(Value::Text(text.to_owned())),
        Kind::Blob { .. } => STANDARD.decode(text.trim()).ok().map(Bytes::from).map(Value::Blob),
        Kind::Boolean => boolean(text.trim()).map(Value::Boolean),
        Kind::Integer(_) => text.trim().parse().ok().map(|small: i32| Value::Integer(small.into())),
        Kind::Long(_) => text.trim().parse().ok().map(Value::Integer),
        Kind::Float(_) => float(text.trim()).map(Value::Float),
        Kind::Timestamp(own) => {
            time::read(format(member, *own, place), text.trim()).map(Value::Integer)
        }
        Kind::Structure(_) | Kind::List { .. } | Kind::Map { .. } => None,
    };
    value.ok_or_else(|| expected(shape, member, place))
}

/// Writes a scalar; `None` where the value is not of the shape's kind.
pub(crate) fn write(
    shape: &Shape,
    member: TimestampFormat,
    place: Place,
    value: &Value,
) -> Option<String> {
    Some(match (&shape.kind, value) {
        (Kind::String { .. }, Value::Text(text)) => text.clone(),
        (Kind::Blob { .. }, Value::Blob(bytes)) => STANDARD.encode(bytes),
        (Kind::Boolean, Value::Boolean(boolean)) => boolean.to_string(),
        (Kind::Integer(_), Value::Integer(number)) => i32::try_from(*number).ok()?.to_string(),
        (Kind::Long(_), Value::Integer(number)) => number.to_string(),
        (Kind::Float(_), Value::Float(number)) => float_text(*number),
        (Kind::Timestamp(own), Value::Integer(time)) => {
            time::write(format(member, *own, place), place, *time)?
        }
        _ => return None,
    })
}

/// The member's format before the shape's before the place's.
fn format(member: TimestampFormat, shape: TimestampFormat, place: Place) -> TimestampFormat {
    match (member, shape, place) {
        (TimestampFormat::Usual, TimestampFormat::Usual, Place::Header) => TimestampFormat::Rfc822,
        (TimestampFormat::Usual, TimestampFormat::Usual, _) => TimestampFormat::Iso8601,
        (TimestampFormat::Usual, own, _) | (own, _, _) => own,
    }
}

fn expected(shape: &Shape, member: TimestampFormat, place: Place) -> String {
    match &shape.kind {
        Kind::Blob { .. } => "must be base64",
        Kind::Boolean => "must be `true` or `false`",
        Kind::Integer(_) => "must be a whole number of 32 bits",
        Kind::Long(_) => "must be a whole number of 64 bits",
        Kind::Float(_) => "must be a number",
        Kind::Timestamp(own) => match format(member, *own, place) {
            TimestampFormat::UnixTimestamp => "must be seconds since 1970",
            TimestampFormat::Rfc822 => "must be a date as in `Thu, 01 Jan 2015 12:00:00 GMT`",
            _ => "timestamp must follow ISO8601",
        },
        _ => "must not be a plain value",
    }
    .to_owned()
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// Rust's parser also takes `inf` and `infinity` in any case: only the spellings of the protocols pass.
fn float(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => text.parse().ok().filter(|number: &f64| number.is_finite()),
    }
}

fn float_text(number: f64) -> String {
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    format!("{number:?}")
}
