//! JSON into a value, led by the shape.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::model::{
    Kind, Location, Member, Service, Shape, ShapeId, StructureShape, TimestampFormat,
};
use crate::text::{self, Place, wire_name};
use crate::unreadable::{ELEMENTS_MAX, Found, NESTING_MAX, Unreadable};
use crate::value::{Structure, Value};

/// Reads a body. Of a structure, the members that stand elsewhere in the message are skipped.
///
/// # Errors
/// See [`Unreadable`].
pub fn read(service: &'static Service, shape: ShapeId, body: &[u8]) -> Result<Value, Unreadable> {
    let context = Context { service, left: Cell::new(ELEMENTS_MAX), trouble: RefCell::default() };
    let mut json = serde_json::Deserializer::from_slice(body);
    let shape = service.shape(shape).ok_or(Unreadable::Malformed)?;
    let place = At { context: &context, shape, timestamp: TimestampFormat::Usual, depth: 0 };
    let value = place.deserialize(&mut json).and_then(|value| json.end().map(|()| value));
    let trouble = || context.trouble.take().unwrap_or(Unreadable::Malformed);
    // A body of `null` is no structure.
    value.map_err(|_| trouble())?.ok_or(Unreadable::Malformed)
}

/// What all places of one body share.
struct Context {
    service: &'static Service,
    /// How many values may still come.
    left: Cell<usize>,
    /// What is wrong. serde's errors carry text only, so this one goes beside them.
    trouble: RefCell<Option<Unreadable>>,
}

/// A place in the body where a value of this shape stands. Reads `null` as no value.
#[derive(Clone, Copy)]
struct At<'a> {
    context: &'a Context,
    shape: &'static Shape,
    /// What the member says of timestamps.
    timestamp: TimestampFormat,
    depth: usize,
}

impl At<'_> {
    fn fail<T, E: Error>(self, trouble: Unreadable) -> Result<T, E> {
        self.context.trouble.borrow_mut().get_or_insert(trouble);
        Err(E::custom(""))
    }

    fn mismatch<T, E: Error>(self, found: Found) -> Result<T, E> {
        self.fail(Unreadable::mismatch(found, self.shape))
    }

    /// The place of an element or a member.
    fn inner<E: Error>(self, id: ShapeId, timestamp: TimestampFormat) -> Result<Self, E> {
        let Some(left) = self.context.left.get().checked_sub(1) else {
            return self.fail(Unreadable::TooLarge);
        };
        self.context.left.set(left);
        match self.context.service.shape(id) {
            Some(shape) if self.depth < NESTING_MAX => {
                Ok(Self { shape, timestamp, depth: self.depth + 1, ..self })
            }
            _ => self.fail(Unreadable::Malformed),
        }
    }

    /// `null` is not a value of lists and maps.
    fn present<E: Error>(self, value: Option<Value>) -> Result<Value, E> {
        value.map_or_else(|| self.mismatch(Found::Null), Ok)
    }

    fn blob<E: Error>(self, text: &str) -> Result<Option<Value>, E> {
        match STANDARD.decode(text) {
            Ok(bytes) => Ok(Some(Value::Blob(bytes.into()))),
            Err(error) => {
                let shown = if self.shape.sensitive { "" } else { text };
                self.fail(Unreadable::Mismatch(no_base64(shown, text.len(), &error)))
            }
        }
    }

    /// A point in time in seconds, to the millisecond.
    #[expect(clippy::cast_possible_truncation, reason = "the guard keeps it within 53 bits")]
    fn seconds<E: Error>(self, seconds: f64) -> Result<Option<Value>, E> {
        let milliseconds = (seconds * 1000.0).round();
        // Beyond this a float no longer tells one millisecond from the next.
        if milliseconds.abs() < 9_007_199_254_740_992.0 {
            Ok(Some(Value::Integer(milliseconds as i64)))
        } else {
            self.mismatch(Found::Decimal)
        }
    }

    fn integer<E: Error>(self, number: i64) -> Result<Option<Value>, E> {
        match &self.shape.kind {
            Kind::Long(_) => Ok(Some(Value::Integer(number))),
            Kind::Integer(_) if i32::try_from(number).is_ok() => Ok(Some(Value::Integer(number))),
            #[expect(clippy::cast_precision_loss, reason = "the member is a float")]
            Kind::Float(_) => Ok(Some(Value::Float(number as f64))),
            Kind::Timestamp(_) => match number.checked_mul(1000) {
                Some(milliseconds) => Ok(Some(Value::Integer(milliseconds))),
                None => self.mismatch(Found::Number),
            },
            _ => self.mismatch(Found::Number),
        }
    }

    fn map<'de, A: MapAccess<'de>>(
        self,
        mut map: A,
        key: ShapeId,
        value: ShapeId,
    ) -> Result<Option<Value>, A::Error> {
        let mut entries = BTreeMap::new();
        // Keys are strings in all models; JSON has no others.
        self.inner::<A::Error>(key, TimestampFormat::Usual)?;
        while let Some(key) = map.next_key::<String>()? {
            let at = self.inner(value, TimestampFormat::Usual)?;
            let value = map.next_value_seed(at)?;
            entries.insert(key, at.present(value)?);
        }
        Ok(Some(Value::Map(entries)))
    }

    fn structure<'de, A: MapAccess<'de>>(
        self,
        mut map: A,
        shape: &'static StructureShape,
    ) -> Result<Option<Value>, A::Error> {
        let mut members = Structure::new();
        while let Some(member) = map.next_key_seed(Name(shape))? {
            let Some(member) = member else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if let Some(value) = map.next_value_seed(self.inner(member.shape, member.timestamp)?)? {
                members.set(member.name, value);
            }
        }
        Ok(Some(Value::Structure(members)))
    }
}

impl<'de> DeserializeSeed<'de> for At<'_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Value>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for At<'_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shape.name)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<Value>, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Option<Value>, E> {
        match &self.shape.kind {
            Kind::Boolean => Ok(Some(Value::Boolean(value))),
            _ => self.mismatch(Found::boolean(value)),
        }
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Option<Value>, E> {
        self.integer(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Option<Value>, E> {
        match (i64::try_from(number), &self.shape.kind) {
            (Ok(number), _) => self.integer(number),
            #[expect(clippy::cast_precision_loss, reason = "the member is a float")]
            (_, Kind::Float(_)) => Ok(Some(Value::Float(number as f64))),
            _ => self.mismatch(Found::Number),
        }
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Option<Value>, E> {
        match &self.shape.kind {
            Kind::Float(_) => Ok(Some(Value::Float(number))),
            Kind::Timestamp(_) => self.seconds(number),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the guard keeps it within 53 bits"
            )]
            Kind::Integer(_) | Kind::Long(_)
                if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 =>
            {
                self.integer(number as i64)
            }
            _ => self.mismatch(Found::Decimal),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<Value>, E> {
        match &self.shape.kind {
            Kind::String { .. } => Ok(Some(Value::Text(text.to_owned()))),
            Kind::Blob { .. } => self.blob(text),
            Kind::Float(_) => match text {
                "NaN" => Ok(Some(Value::Float(f64::NAN))),
                "Infinity" => Ok(Some(Value::Float(f64::INFINITY))),
                "-Infinity" => Ok(Some(Value::Float(f64::NEG_INFINITY))),
                _ => self.mismatch(Found::String),
            },
            Kind::Timestamp(own) if is_text(self.timestamp, *own) => {
                match text::read(self.shape, self.timestamp, Place::Rest, text) {
                    Ok(time) => Ok(Some(time)),
                    Err(reason) => self.fail(Unreadable::Mismatch(reason)),
                }
            }
            _ => self.mismatch(Found::String),
        }
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Option<Value>, E> {
        match &self.shape.kind {
            Kind::String { .. } => Ok(Some(Value::Text(text))),
            _ => self.visit_str(&text),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Option<Value>, A::Error> {
        let Kind::List { element, .. } = self.shape.kind else {
            return self.mismatch(Found::List);
        };
        let mut values = Vec::new();
        loop {
            let at = self.inner(element, TimestampFormat::Usual)?;
            match seq.next_element_seed(at)? {
                Some(value) => values.push(at.present(value)?),
                None => return Ok(Some(Value::List(values))),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<Value>, A::Error> {
        match &self.shape.kind {
            Kind::Structure(shape) => self.structure(map, shape),
            Kind::Map { key, value, .. } => self.map(map, *key, *value),
            _ => self.mismatch(Found::Structure),
        }
    }
}

/// Whether a timestamp is written as text in JSON.
pub(super) fn is_text(member: TimestampFormat, shape: TimestampFormat) -> bool {
    let format = if member == TimestampFormat::Usual { shape } else { member };
    matches!(format, TimestampFormat::Iso8601 | TimestampFormat::Rfc822)
}

/// The member that a name stands for; none where the model does not know it.
struct Name(&'static StructureShape);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Option<&'static Member>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Option<&'static Member>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        let is = |member: &&Member| {
            wire_name(member) == name && member.location == Location::Body && !member.streaming
        };
        Ok(self.0.members.iter().find(is))
    }
}

/// AWS's words for what is no base64.
fn no_base64(shown: &str, length: usize, error: &base64::DecodeError) -> String {
    let reason = match error {
        _ if !length.is_multiple_of(4) => {
            format!("Base64 encoded length is expected a multiple of 4 bytes but found: {length}")
        }
        base64::DecodeError::InvalidByte(_, byte) => {
            format!("Invalid Base64 character: '{}'", char::from(*byte))
        }
        _ => "Invalid last non-pad Base64 character dectected".to_owned(),
    };
    format!("'{shown}' can not be converted to a Blob: {reason}")
}
