//! CBOR into a value, led by the shape.

use std::collections::BTreeMap;

use minicbor::data::{IanaTag, Type};
use minicbor::decode::Error;
use minicbor::{Decoder, data::Tag};

use crate::model::{Kind, Location, Service, Shape, ShapeId, StructureShape};
use crate::unreadable::{ELEMENTS_MAX, Found, NESTING_MAX, Unreadable};
use crate::value::{Structure, Value};

/// Reads a body.
///
/// # Errors
/// See [`Unreadable`].
pub fn read(service: &'static Service, shape: ShapeId, body: &[u8]) -> Result<Value, Unreadable> {
    let mut reader = Reader { service, cbor: Decoder::new(body), left: ELEMENTS_MAX };
    let value = reader.value(shape, 0)?;
    if reader.cbor.position() == body.len() { Ok(value) } else { Err(Unreadable::Malformed) }
}

struct Reader<'a> {
    service: &'static Service,
    cbor: Decoder<'a>,
    /// How many values may still come.
    left: usize,
}

/// What is not CBOR is told by one answer, whatever the library says.
fn malformed(_: Error) -> Unreadable {
    Unreadable::Malformed
}

impl Reader<'_> {
    fn value(&mut self, id: ShapeId, depth: usize) -> Result<Value, Unreadable> {
        self.left = self.left.checked_sub(1).ok_or(Unreadable::TooLarge)?;
        let shape = self.service.shape(id).filter(|_| depth < NESTING_MAX);
        let shape = shape.ok_or(Unreadable::Malformed)?;
        let found = self.cbor.datatype().map_err(malformed)?;
        let mismatch = || Unreadable::mismatch(token(found), shape);
        match (&shape.kind, found) {
            (Kind::Structure(shape), Type::Map | Type::MapIndef) => {
                self.structure(shape, depth).map(Value::Structure)
            }
            (Kind::List { element, .. }, Type::Array | Type::ArrayIndef) => {
                self.list(*element, depth).map(Value::List)
            }
            (Kind::Map { value, .. }, Type::Map | Type::MapIndef) => {
                self.map(*value, depth).map(Value::Map)
            }
            (Kind::String { .. }, Type::String | Type::StringIndef) => self.text().map(Value::Text),
            (Kind::Blob { .. }, Type::Bytes | Type::BytesIndef) => {
                let pieces = self.cbor.bytes_iter().map_err(malformed)?;
                let pieces: Vec<&[u8]> = pieces.collect::<Result<_, _>>().map_err(malformed)?;
                Ok(Value::Blob(pieces.concat().into()))
            }
            (Kind::Boolean, Type::Bool) => self.cbor.bool().map(Value::Boolean).map_err(malformed),
            (Kind::Float(_), found) => self.float(found).map(Value::Float).ok_or_else(mismatch),
            (Kind::Integer(_) | Kind::Long(_), _) => {
                let number = self.integer(found).filter(|number| fits(shape, *number));
                number.map(Value::Integer).ok_or_else(mismatch)
            }
            (Kind::Timestamp(_), Type::Tag) => self.time().ok_or_else(mismatch),
            _ => Err(mismatch()),
        }
    }

    fn structure(
        &mut self,
        shape: &'static StructureShape,
        depth: usize,
    ) -> Result<Structure, Unreadable> {
        let mut structure = Structure::new();
        let mut entries = self.cbor.map().map_err(malformed)?;
        while self.another(&mut entries)? {
            let name = self.text()?;
            let member = shape.member(&name).filter(|member| member.location == Location::Body);
            let is_null = self.cbor.datatype().map_err(malformed)? == Type::Null;
            match member {
                Some(member) if !is_null => {
                    structure.set(member.name, self.value(member.shape, depth + 1)?);
                }
                _ => self.cbor.skip().map_err(malformed)?,
            }
        }
        Ok(structure)
    }

    fn list(&mut self, element: ShapeId, depth: usize) -> Result<Vec<Value>, Unreadable> {
        let mut values = Vec::new();
        let mut entries = self.cbor.array().map_err(malformed)?;
        while self.another(&mut entries)? {
            values.push(self.value(element, depth + 1)?);
        }
        Ok(values)
    }

    fn map(&mut self, value: ShapeId, depth: usize) -> Result<BTreeMap<String, Value>, Unreadable> {
        let mut map = BTreeMap::new();
        let mut entries = self.cbor.map().map_err(malformed)?;
        while self.another(&mut entries)? {
            let key = self.text()?;
            map.insert(key, self.value(value, depth + 1)?);
        }
        Ok(map)
    }

    /// Whether a list or map goes on: `left` counts down, or a break ends it.
    fn another(&mut self, left: &mut Option<u64>) -> Result<bool, Unreadable> {
        match left {
            Some(0) => Ok(false),
            Some(left) => {
                *left -= 1;
                Ok(true)
            }
            None if self.cbor.datatype().map_err(malformed)? == Type::Break => {
                self.cbor.skip().map_err(malformed)?;
                Ok(false)
            }
            None => Ok(true),
        }
    }

    fn text(&mut self) -> Result<String, Unreadable> {
        let pieces = self.cbor.str_iter().map_err(malformed)?;
        let pieces: Vec<&str> = pieces.collect::<Result<_, _>>().map_err(malformed)?;
        Ok(pieces.concat())
    }

    /// `None` where it is no integer, or one beyond 64 bits.
    fn integer(&mut self, found: Type) -> Option<i64> {
        is_integer(found).then(|| self.cbor.i64().ok())?
    }

    #[expect(clippy::cast_precision_loss, reason = "the member is a float")]
    fn float(&mut self, found: Type) -> Option<f64> {
        match found {
            Type::F16 => self.cbor.f16().ok().map(f64::from),
            Type::F32 | Type::F64 => self.cbor.f64().ok(),
            _ => self.integer(found).map(|number| number as f64),
        }
    }

    /// Seconds with tag 1, to the millisecond.
    #[expect(clippy::cast_possible_truncation, reason = "the guard keeps it within 53 bits")]
    fn time(&mut self) -> Option<Value> {
        let tag = self.cbor.tag().ok()?;
        let found = self.cbor.datatype().ok().filter(|_| tag == Tag::from(IanaTag::Timestamp))?;
        if is_integer(found) {
            return self.integer(found)?.checked_mul(1000).map(Value::Integer);
        }
        let milliseconds = (self.float(found)? * 1000.0).round();
        // Beyond this a float no longer tells one millisecond from the next.
        (milliseconds.abs() < 9_007_199_254_740_992.0)
            .then_some(Value::Integer(milliseconds as i64))
    }
}

fn fits(shape: &Shape, number: i64) -> bool {
    matches!(shape.kind, Kind::Long(_)) || i32::try_from(number).is_ok()
}

fn is_integer(found: Type) -> bool {
    use Type::{I8, I16, I32, I64, Int, U8, U16, U32, U64};
    matches!(found, U8 | U16 | U32 | U64 | I8 | I16 | I32 | I64 | Int)
}

fn token(found: Type) -> Found {
    match found {
        Type::Bool => Found::True,
        Type::F16 | Type::F32 | Type::F64 => Found::Decimal,
        Type::Bytes | Type::BytesIndef => Found::Bytes,
        Type::String | Type::StringIndef => Found::String,
        Type::Array | Type::ArrayIndef => Found::List,
        Type::Map | Type::MapIndef => Found::Structure,
        found if is_integer(found) || found == Type::Tag => Found::Number,
        _ => Found::Null,
    }
}
