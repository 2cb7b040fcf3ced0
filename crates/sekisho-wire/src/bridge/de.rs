//! Out of a value, into a struct.

use std::collections::btree_map;
use std::fmt::Display;

use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer,
    MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use crate::value::Value;

/// Why a value does not fit a struct. Each says where: `Tags[0].TagKey`; empty: the value itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FromValueError {
    /// The model knows this member, the struct does not.
    #[error("`{path}` is not served")]
    MemberNotServed {
        /// The member.
        path: String,
    },
    /// The model knows this value of an enumeration, the Rust enum does not.
    #[error("the value `{value}` of `{path}` is not served")]
    ValueNotServed {
        /// Where it stands.
        path: String,
        /// What is not served.
        value: String,
    },
    /// The struct cannot do without this member.
    #[error("`{path}` is missing")]
    Missing {
        /// The member.
        path: String,
    },
    /// The struct has another type here than the value.
    #[error("`{path}`: {reason}")]
    Mismatch {
        /// Where it stands.
        path: String,
        /// What was wanted and what was there.
        reason: String,
    },
}

/// Reads a struct out of a value.
///
/// # Errors
/// See [`FromValueError`].
pub fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, FromValueError> {
    T::deserialize(Reader(value))
}

impl FromValueError {
    /// The same error, one step further out.
    fn within(mut self, step: impl Display) -> Self {
        let (Self::MemberNotServed { path }
        | Self::ValueNotServed { path, .. }
        | Self::Missing { path }
        | Self::Mismatch { path, .. }) = &mut self;
        let separator = if path.is_empty() || path.starts_with('[') { "" } else { "." };
        *path = format!("{step}{separator}{path}");
        self
    }
}

impl Error for FromValueError {
    fn custom<T: Display>(reason: T) -> Self {
        Self::Mismatch { path: String::new(), reason: reason.to_string() }
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::MemberNotServed { path: field.to_owned() }
    }

    fn unknown_variant(variant: &str, _: &'static [&'static str]) -> Self {
        Self::ValueNotServed { path: String::new(), value: variant.to_owned() }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing { path: field.to_owned() }
    }
}

struct Reader(Value);

impl<'de> Deserializer<'de> for Reader {
    type Error = FromValueError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FromValueError> {
        match self.0 {
            Value::Boolean(value) => visitor.visit_bool(value),
            Value::Integer(value) => visitor.visit_i64(value),
            Value::Float(value) => visitor.visit_f64(value),
            Value::Text(value) => visitor.visit_string(value),
            Value::Blob(value) => visitor.visit_byte_buf(value.into()),
            Value::List(values) => {
                visitor.visit_seq(Elements { values: values.into_iter(), place: 0 })
            }
            Value::Map(entries) => {
                visitor.visit_map(Entries { entries: entries.into_iter(), value: None })
            }
            Value::Structure(members) => {
                visitor.visit_map(Members { members: members.into_iter(), value: None })
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FromValueError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, FromValueError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FromValueError> {
        visitor.visit_enum(Choice(self.0))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, FromValueError> {
        match self.0 {
            Value::Structure(members) => match members.iter().next() {
                None => visitor.visit_unit(),
                Some((name, _)) => Err(Error::unknown_field(name, &[])),
            },
            _ => Err(Error::custom("a structure is wanted")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, FromValueError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        seq tuple tuple_struct map struct identifier
    }
}

struct Elements {
    values: std::vec::IntoIter<Value>,
    place: usize,
}

impl<'de> SeqAccess<'de> for Elements {
    type Error = FromValueError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, FromValueError> {
        let Some(value) = self.values.next() else { return Ok(None) };
        let place = self.place;
        self.place += 1;
        let element = seed.deserialize(Reader(value));
        element.map(Some).map_err(|error| error.within(format_args!("[{place}]")))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.values.len())
    }
}

struct Entries {
    entries: btree_map::IntoIter<String, Value>,
    value: Option<Value>,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = FromValueError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, FromValueError> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        let key: StringDeserializer<FromValueError> = key.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, FromValueError> {
        let Some(value) = self.value.take() else { return Err(Error::custom("no value")) };
        seed.deserialize(Reader(value)).map_err(|error| error.within("[]"))
    }
}

struct Members {
    members: std::vec::IntoIter<(&'static str, Value)>,
    value: Option<(&'static str, Value)>,
}

impl<'de> MapAccess<'de> for Members {
    type Error = FromValueError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, FromValueError> {
        self.value = self.members.next();
        let Some((name, _)) = self.value else { return Ok(None) };
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, FromValueError> {
        let Some((name, value)) = self.value.take() else { return Err(Error::custom("no value")) };
        seed.deserialize(Reader(value)).map_err(|error| error.within(name))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.members.len())
    }
}

/// A value of an enumeration, or a union.
struct Choice(Value);

/// What the chosen member of a union holds.
struct Chosen(Option<(&'static str, Value)>);

impl<'de> EnumAccess<'de> for Choice {
    type Error = FromValueError;
    type Variant = Chosen;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Chosen), FromValueError> {
        match self.0 {
            Value::Text(text) => {
                let text: StringDeserializer<FromValueError> = text.into_deserializer();
                Ok((seed.deserialize(text)?, Chosen(None)))
            }
            Value::Structure(members) => {
                let mut members = members.into_iter();
                let (Some((name, value)), None) = (members.next(), members.next()) else {
                    return Err(Error::custom("exactly one member must be set"));
                };
                let member = BorrowedStrDeserializer::<FromValueError>::new(name);
                let variant = seed.deserialize(member).map_err(|error| match error {
                    FromValueError::ValueNotServed { value, .. } => {
                        FromValueError::MemberNotServed { path: value }
                    }
                    other => other,
                })?;
                Ok((variant, Chosen(Some((name, value)))))
            }
            _ => Err(Error::custom("a string or a union is wanted")),
        }
    }
}

impl<'de> VariantAccess<'de> for Chosen {
    type Error = FromValueError;

    fn unit_variant(self) -> Result<(), FromValueError> {
        match self.0 {
            None => Ok(()),
            Some(_) => Err(Error::custom("a string is wanted, there is a structure")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, FromValueError> {
        let Some((name, value)) = self.0 else {
            return Err(Error::custom("a structure is wanted, there is a string"));
        };
        seed.deserialize(Reader(value)).map_err(|error| error.within(name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, FromValueError> {
        Err(Error::custom("a member of a union is one value"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, FromValueError> {
        Err(Error::custom("a member of a union is one value"))
    }
}
