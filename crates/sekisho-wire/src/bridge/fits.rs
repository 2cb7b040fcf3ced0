//! Holds a reply against the model: is everything in it a member that AWS has, of that type?
//!
//! Members that are `None` are seen too, so that a name which nothing has set yet cannot be wrong.

use std::fmt::Display;

use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
    Serializer,
};

use crate::model::{Kind, Service, ShapeId, StructureShape};

/// Holds what a struct holds against a shape: its members, their types, the values of enumerations.
///
/// # Errors
/// The first disagreement.
pub fn fits<T: Serialize + ?Sized>(
    value: &T,
    service: &Service,
    shape: ShapeId,
) -> Result<(), String> {
    value.serialize(Fitting { service, shape }).map_err(|Misfit(why)| why)
}

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Misfit(String);

impl Error for Misfit {
    fn custom<T: Display>(reason: T) -> Self {
        Self(reason.to_string())
    }
}

type Fits = Result<(), Misfit>;

/// A place of the model that a value is held against.
#[derive(Clone, Copy)]
struct Fitting<'a> {
    service: &'a Service,
    shape: ShapeId,
}

impl<'a> Fitting<'a> {
    fn kind(self) -> Option<&'a Kind> {
        self.service.shape(self.shape).map(|shape| &shape.kind)
    }

    fn at(self, shape: ShapeId) -> Self {
        Self { shape, ..self }
    }

    fn other<T>(self, what: &str) -> Result<T, Misfit> {
        let name = self.service.shape(self.shape).map_or("", |shape| shape.name);
        Err(Misfit(format!("`{name}` of the model is not {what}")))
    }

    fn holds(self, is: impl Fn(&Kind) -> bool, what: &str) -> Fits {
        if self.kind().is_some_and(is) { Ok(()) } else { self.other(what) }
    }

    fn structure(self) -> Result<&'a StructureShape, Misfit> {
        match self.kind() {
            Some(Kind::Structure(structure)) => Ok(structure),
            _ => self.other("a structure"),
        }
    }

    fn member(self, name: &str) -> Result<Self, Misfit> {
        match self.structure()?.member(name) {
            Some(member) => Ok(self.at(member.shape)),
            None => self.other(&format!("a structure with a member `{name}`")),
        }
    }
}

/// A method that takes a value if the shape is of the right kind.
macro_rules! scalar {
    ($($method:ident($type:ty): $kind:pat, $wanted:literal;)*) => {
        $(fn $method(self, _: $type) -> Fits {
            self.holds(|kind| matches!(kind, $kind), $wanted)
        })*
    };
}

impl<'a> Serializer for Fitting<'a> {
    type Ok = ();
    type Error = Misfit;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Impossible<(), Misfit>;
    type SerializeTupleVariant = Impossible<(), Misfit>;
    type SerializeMap = Entries<'a>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Misfit>;

    scalar! {
        serialize_bool(bool): Kind::Boolean, "a boolean";
        serialize_i8(i8): Kind::Integer(_) | Kind::Long(_), "a number";
        serialize_i16(i16): Kind::Integer(_) | Kind::Long(_), "a number";
        serialize_i32(i32): Kind::Integer(_) | Kind::Long(_), "a number";
        serialize_i64(i64): Kind::Integer(_) | Kind::Long(_) | Kind::Timestamp(_), "a number or a time";
        serialize_u8(u8): Kind::Integer(_) | Kind::Long(_), "a number";
        serialize_u16(u16): Kind::Integer(_) | Kind::Long(_), "a number";
        serialize_u32(u32): Kind::Integer(_) | Kind::Long(_), "a number";
        serialize_u64(u64): Kind::Integer(_) | Kind::Long(_), "a number";
        serialize_f32(f32): Kind::Float(_), "a float";
        serialize_f64(f64): Kind::Float(_), "a float";
        serialize_char(char): Kind::String { .. }, "a string";
        serialize_str(&str): Kind::String { .. }, "a string";
        serialize_bytes(&[u8]): Kind::Blob { .. }, "a blob";
        serialize_unit_struct(&'static str): Kind::Structure(_), "a structure";
    }

    fn serialize_none(self) -> Fits {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Fits {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Fits {
        self.other("a unit")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Fits {
        let is = |kind: &Kind| match kind {
            Kind::String { values, .. } => values.is_empty() || values.contains(&variant),
            _ => false,
        };
        self.holds(is, &format!("a string with the value `{variant}`"))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Fits {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Fits {
        value.serialize(self.member(variant)?)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Misfit> {
        match self.kind() {
            Some(Kind::List { element, .. }) => Ok(self.at(*element)),
            _ => self.other("a list"),
        }
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'a>, Misfit> {
        match self.kind() {
            Some(Kind::Map { key, value, .. }) => {
                Ok(Entries { key: self.at(*key), value: self.at(*value) })
            }
            _ => self.other("a map"),
        }
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Misfit> {
        self.structure().map(|_| self)
    }

    /// An array: it is written as a list.
    fn serialize_tuple(self, len: usize) -> Result<Self, Misfit> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Misfit> {
        self.other("a tuple")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Misfit> {
        self.other("a tuple")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Misfit> {
        self.other("a variant with members")
    }
}

/// The elements of a list, each held against the same shape.
impl SerializeSeq for Fitting<'_> {
    type Ok = ();
    type Error = Misfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Fits {
        value.serialize(*self)
    }

    fn end(self) -> Fits {
        Ok(())
    }
}

impl SerializeTuple for Fitting<'_> {
    type Ok = ();
    type Error = Misfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Fits {
        value.serialize(*self)
    }

    fn end(self) -> Fits {
        Ok(())
    }
}

/// The members of a structure, also those that are left out.
impl SerializeStruct for Fitting<'_> {
    type Ok = ();
    type Error = Misfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Fits {
        value.serialize(self.member(name)?)
    }

    fn skip_field(&mut self, name: &'static str) -> Fits {
        self.member(name).map(|_| ())
    }

    fn end(self) -> Fits {
        Ok(())
    }
}

/// The entries of a map.
struct Entries<'a> {
    key: Fitting<'a>,
    value: Fitting<'a>,
}

impl SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = Misfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Fits {
        key.serialize(self.key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Fits {
        value.serialize(self.value)
    }

    fn end(self) -> Fits {
        Ok(())
    }
}
