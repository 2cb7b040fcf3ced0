//! A value as JSON, led by the shape.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::read::is_text;
use crate::model::{Kind, Location, Service, ShapeId, TimestampFormat};
use crate::text::{self, Place, wire_name};
use crate::unreadable::Unwritable;
use crate::value::{Structure, Value};

/// Writes a body. Of a structure, the members that stand elsewhere in the message are left out.
///
/// # Errors
/// When the value is not of the shape: see [`Unwritable`].
pub fn write(
    service: &'static Service,
    shape: ShapeId,
    value: &Value,
) -> Result<Vec<u8>, Unwritable> {
    let mut writer = Writer { service, out: Vec::with_capacity(256) };
    writer.value(shape, TimestampFormat::Usual, value)?;
    Ok(writer.out)
}

struct Writer {
    service: &'static Service,
    out: Vec<u8>,
}

impl Writer {
    fn value(
        &mut self,
        id: ShapeId,
        timestamp: TimestampFormat,
        value: &Value,
    ) -> Result<(), Unwritable> {
        let shape = self.service.shape(id).ok_or(Unwritable::UnknownShape)?;
        let other = || Unwritable::OtherKind { shape: shape.name };
        match (&shape.kind, value) {
            (Kind::Structure(_), Value::Structure(members)) => self.structure(id, members)?,
            (Kind::List { element, .. }, Value::List(values)) => {
                self.sequence(b"[]", values, |writer, value| {
                    writer.value(*element, TimestampFormat::Usual, value)
                })?;
            }
            (Kind::Map { value: id, .. }, Value::Map(entries)) => {
                self.sequence(b"{}", entries, |writer, (key, value)| {
                    writer.text(key);
                    writer.out.push(b':');
                    writer.value(*id, TimestampFormat::Usual, value)
                })?;
            }
            (Kind::String { .. }, Value::Text(text)) => self.text(text),
            (Kind::Blob { .. }, Value::Blob(bytes)) => self.text(&STANDARD.encode(bytes)),
            (Kind::Boolean, Value::Boolean(value)) => self.raw(&value.to_string()),
            (Kind::Integer(_), Value::Integer(number)) => {
                self.raw(&i32::try_from(*number).map_err(|_| other())?.to_string());
            }
            (Kind::Long(_), Value::Integer(number)) => self.raw(&number.to_string()),
            (Kind::Float(_), Value::Float(number)) => self.float(*number),
            (Kind::Timestamp(own), Value::Integer(time)) if !is_text(timestamp, *own) => {
                self.raw(&seconds(*time));
            }
            (Kind::Timestamp(_), Value::Integer(_)) => {
                let text =
                    text::write(shape, timestamp, Place::Precise, value).ok_or_else(other)?;
                self.text(&text);
            }
            _ => return Err(other()),
        }
        Ok(())
    }

    fn structure(&mut self, id: ShapeId, members: &Structure) -> Result<(), Unwritable> {
        let Some(shape) = self.service.shape(id) else { return Err(Unwritable::UnknownShape) };
        let Kind::Structure(structure) = &shape.kind else {
            return Err(Unwritable::OtherKind { shape: shape.name });
        };
        self.out.push(b'{');
        let mut first = true;
        for (name, value) in members.iter() {
            let unknown = || Unwritable::UnknownMember { shape: shape.name, member: name };
            let member = structure.member(name).ok_or_else(unknown)?;
            if member.location != Location::Body || member.streaming {
                continue;
            }
            if !std::mem::take(&mut first) {
                self.out.push(b',');
            }
            self.text(wire_name(member));
            self.out.push(b':');
            self.value(member.shape, member.timestamp, value)?;
        }
        self.out.push(b'}');
        Ok(())
    }

    /// Items between brackets, separated by commas.
    fn sequence<T>(
        &mut self,
        [open, close]: &[u8; 2],
        items: impl IntoIterator<Item = T>,
        mut item: impl FnMut(&mut Self, T) -> Result<(), Unwritable>,
    ) -> Result<(), Unwritable> {
        self.out.push(*open);
        for (place, one) in items.into_iter().enumerate() {
            if place > 0 {
                self.out.push(b',');
            }
            item(self, one)?;
        }
        self.out.push(*close);
        Ok(())
    }

    /// Numbers that JSON does not have are strings, as Smithy says.
    fn float(&mut self, number: f64) {
        if number.is_finite() {
            self.raw(&format!("{number:?}"));
        } else if number.is_nan() {
            self.text("NaN");
        } else {
            self.text(if number > 0.0 { "Infinity" } else { "-Infinity" });
        }
    }

    fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn text(&mut self, text: &str) {
        // Writing a string into a vector cannot fail.
        let _ = serde_json::to_writer(&mut self.out, text);
    }
}

/// Seconds since 1970 with as many decimals as needed, three at most.
fn seconds(time: i64) -> String {
    let sign = if time < 0 { "-" } else { "" };
    let (whole, part) = (time.unsigned_abs() / 1000, time.unsigned_abs() % 1000);
    let text = format!("{sign}{whole}.{part:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
