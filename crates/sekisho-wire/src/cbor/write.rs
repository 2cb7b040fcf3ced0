//! A value as CBOR, led by the shape.

use std::convert::Infallible;

use minicbor::Encoder;
use minicbor::data::IanaTag;
use minicbor::encode::Error;

use crate::model::{Kind, Location, Service, Shape, ShapeId};
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
    let mut writer = Writer { service, cbor: Encoder::new(Vec::with_capacity(256)) };
    writer.value(shape, value)?;
    Ok(writer.cbor.into_writer())
}

struct Writer {
    service: &'static Service,
    cbor: Encoder<Vec<u8>>,
}

/// Writing into a vector cannot fail.
fn done<T>(_: Result<T, Error<Infallible>>) {}

impl Writer {
    fn value(&mut self, id: ShapeId, value: &Value) -> Result<(), Unwritable> {
        let shape = self.service.shape(id).ok_or(Unwritable::UnknownShape)?;
        let other = || Unwritable::OtherKind { shape: shape.name };
        match (&shape.kind, value) {
            (Kind::Structure(_), Value::Structure(members)) => self.structure(shape, members)?,
            (Kind::List { element, .. }, Value::List(values)) => {
                done(self.cbor.array(values.len() as u64));
                values.iter().try_for_each(|value| self.value(*element, value))?;
            }
            (Kind::Map { value, .. }, Value::Map(entries)) => {
                done(self.cbor.map(entries.len() as u64));
                for (key, held) in entries {
                    done(self.cbor.str(key));
                    self.value(*value, held)?;
                }
            }
            (Kind::String { .. }, Value::Text(text)) => done(self.cbor.str(text)),
            (Kind::Blob { .. }, Value::Blob(bytes)) => done(self.cbor.bytes(bytes)),
            (Kind::Boolean, Value::Boolean(boolean)) => done(self.cbor.bool(*boolean)),
            (Kind::Integer(_), Value::Integer(number)) => {
                done(self.cbor.i64(i32::try_from(*number).map_err(|_| other())?.into()));
            }
            (Kind::Long(_), Value::Integer(number)) => done(self.cbor.i64(*number)),
            (Kind::Float(_), Value::Float(number)) => done(self.cbor.f64(*number)),
            (Kind::Timestamp(_), Value::Integer(time)) => self.time(*time),
            _ => return Err(other()),
        }
        Ok(())
    }

    fn structure(&mut self, shape: &'static Shape, members: &Structure) -> Result<(), Unwritable> {
        let Kind::Structure(structure) = &shape.kind else {
            return Err(Unwritable::OtherKind { shape: shape.name });
        };
        let mut inside = Vec::new();
        for (name, value) in members.iter() {
            let unknown = || Unwritable::UnknownMember { shape: shape.name, member: name };
            let member = structure.member(name).ok_or_else(unknown)?;
            if member.location == Location::Body && !member.streaming {
                inside.push((member, value));
            }
        }
        done(self.cbor.map(inside.len() as u64));
        for (member, value) in inside {
            done(self.cbor.str(member.name));
            self.value(member.shape, value)?;
        }
        Ok(())
    }

    /// Whole seconds are an integer, others a double.
    #[expect(clippy::cast_precision_loss, reason = "53 bits of milliseconds reach the year 287396")]
    fn time(&mut self, time: i64) {
        done(self.cbor.tag(IanaTag::Timestamp));
        match time % 1000 {
            0 => done(self.cbor.i64(time / 1000)),
            _ => done(self.cbor.f64(time as f64 / 1000.0)),
        }
    }
}
