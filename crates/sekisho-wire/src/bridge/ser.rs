//! Out of a struct, into a value.

use std::collections::BTreeMap;
use std::fmt::Display;

use bytes::Bytes;
use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
    SerializeTupleStruct, Serializer,
};

use crate::value::{Structure, Value};

/// Why a struct is no value: it has something that no AWS shape can hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ToValueError(String);

/// Makes a value of a struct. Members that are `None` are left out.
///
/// # Errors
/// When the struct holds what no value can: a unit, a number beyond 64 bits with a sign, a map
/// whose keys are no strings, `None` anywhere but in a member.
pub fn to_value<T: Serialize + ?Sized>(from: &T) -> Result<Value, ToValueError> {
    required(from.serialize(Writer)?)
}

fn required(value: Option<Value>) -> Result<Value, ToValueError> {
    value.ok_or_else(|| Error::custom("nothing stands where a value must be"))
}

impl Error for ToValueError {
    fn custom<T: Display>(reason: T) -> Self {
        Self(reason.to_string())
    }
}

type Written = Result<Option<Value>, ToValueError>;

/// Writes `None` as no value.
struct Writer;

impl Serializer for Writer {
    type Ok = Option<Value>;
    type Error = ToValueError;
    type SerializeSeq = Elements;
    type SerializeTuple = Elements;
    type SerializeTupleStruct = Elements;
    type SerializeTupleVariant = Impossible<Option<Value>, ToValueError>;
    type SerializeMap = Entries;
    type SerializeStruct = Members;
    type SerializeStructVariant = Impossible<Option<Value>, ToValueError>;

    fn serialize_bool(self, v: bool) -> Written {
        Ok(Some(Value::Boolean(v)))
    }

    fn serialize_i8(self, v: i8) -> Written {
        self.serialize_i64(v.into())
    }

    fn serialize_i16(self, v: i16) -> Written {
        self.serialize_i64(v.into())
    }

    fn serialize_i32(self, v: i32) -> Written {
        self.serialize_i64(v.into())
    }

    fn serialize_i64(self, v: i64) -> Written {
        Ok(Some(Value::Integer(v)))
    }

    fn serialize_u8(self, v: u8) -> Written {
        self.serialize_i64(v.into())
    }

    fn serialize_u16(self, v: u16) -> Written {
        self.serialize_i64(v.into())
    }

    fn serialize_u32(self, v: u32) -> Written {
        self.serialize_i64(v.into())
    }

    fn serialize_u64(self, v: u64) -> Written {
        let Ok(v) = v.try_into() else {
            return Err(Error::custom(format_args!("the number `{v}` is too large")));
        };
        self.serialize_i64(v)
    }

    fn serialize_f32(self, v: f32) -> Written {
        self.serialize_f64(v.into())
    }

    fn serialize_f64(self, v: f64) -> Written {
        Ok(Some(Value::Float(v)))
    }

    fn serialize_char(self, v: char) -> Written {
        Ok(Some(Value::Text(v.to_string())))
    }

    fn serialize_str(self, v: &str) -> Written {
        Ok(Some(Value::Text(v.to_owned())))
    }

    fn serialize_bytes(self, v: &[u8]) -> Written {
        Ok(Some(Value::Blob(Bytes::copy_from_slice(v))))
    }

    fn serialize_none(self) -> Written {
        Ok(None)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        Err(Error::custom("a unit is no value"))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        Ok(Some(Value::Structure(Structure::new())))
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        let member = required(value.serialize(self)?)?;
        Ok(Some(Value::Structure([(variant, member)].into_iter().collect())))
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Elements, ToValueError> {
        Ok(Elements(Vec::with_capacity(len.unwrap_or_default())))
    }

    fn serialize_tuple(self, len: usize) -> Result<Elements, ToValueError> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Elements, ToValueError> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, ToValueError> {
        Err(Error::custom("a member of a union is one value"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries, ToValueError> {
        Ok(Entries { entries: BTreeMap::new(), key: None })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members, ToValueError> {
        Ok(Members(Structure::new()))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, ToValueError> {
        Err(Error::custom("a member of a union is one value"))
    }
}

struct Elements(Vec<Value>);

impl Elements {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ToValueError> {
        self.0.push(to_value(value)?);
        Ok(())
    }
}

impl SerializeSeq for Elements {
    type Ok = Option<Value>;
    type Error = ToValueError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ToValueError> {
        self.push(value)
    }

    fn end(self) -> Written {
        Ok(Some(Value::List(self.0)))
    }
}

impl SerializeTuple for Elements {
    type Ok = Option<Value>;
    type Error = ToValueError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ToValueError> {
        self.push(value)
    }

    fn end(self) -> Written {
        SerializeSeq::end(self)
    }
}

impl SerializeTupleStruct for Elements {
    type Ok = Option<Value>;
    type Error = ToValueError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ToValueError> {
        self.push(value)
    }

    fn end(self) -> Written {
        SerializeSeq::end(self)
    }
}

struct Entries {
    entries: BTreeMap<String, Value>,
    key: Option<String>,
}

impl SerializeMap for Entries {
    type Ok = Option<Value>;
    type Error = ToValueError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), ToValueError> {
        let Value::Text(key) = to_value(key)? else {
            return Err(Error::custom("the keys of a map must be strings"));
        };
        self.key = Some(key);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ToValueError> {
        let key =
            self.key.take().ok_or_else(|| ToValueError("a value without a key".to_owned()))?;
        self.entries.insert(key, to_value(value)?);
        Ok(())
    }

    fn end(self) -> Written {
        Ok(Some(Value::Map(self.entries)))
    }
}

struct Members(Structure);

impl SerializeStruct for Members {
    type Ok = Option<Value>;
    type Error = ToValueError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), ToValueError> {
        if let Some(value) = value.serialize(Writer)? {
            self.0.set(name, value);
        }
        Ok(())
    }

    fn end(self) -> Written {
        Ok(Some(Value::Structure(self.0)))
    }
}
