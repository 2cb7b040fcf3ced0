//! Holds a struct against the model: is every name that it reads a member that AWS has?
//!
//! The struct is read from a source that has no data: it hands out, for every member the struct
//! asks for, something of the model's type, and writes down where the two disagree.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::de::value::{BorrowedStrDeserializer, Error};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use crate::model::{Kind, Service, Shape, ShapeId, StructureShape};

/// How deep types are followed that contain themselves.
const DEPTH_MAX: usize = 12;

/// Holds a struct against a shape: its members, their types, the values of enumerations, and all
/// that it contains. For replies too: let the struct be read as well as written.
///
/// Strings are handed out empty, so a member whose type refuses an empty string cannot be held.
///
/// # Errors
/// Every disagreement, one a line.
pub fn holds<T: DeserializeOwned>(service: &Service, shape: ShapeId) -> Result<(), String> {
    let notes = Notes::default();
    // A run sees one variant of each enum; the next run sees the next.
    loop {
        let started = notes.turns();
        let probe = Probe { service, shape, notes: &notes, depth: 0 };
        if let Err(error) = T::deserialize(probe)
            && notes.complaints.borrow().is_empty()
        {
            notes.complain(error.to_string());
        }
        if notes.turns() == started {
            break;
        }
    }
    let complaints = notes.complaints.take();
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n")) }
}

#[derive(Default)]
struct Notes {
    complaints: RefCell<Vec<String>>,
    /// How many variants of each enum were seen.
    seen: RefCell<BTreeMap<&'static str, usize>>,
}

impl Notes {
    fn complain(&self, complaint: String) {
        let mut complaints = self.complaints.borrow_mut();
        if !complaints.contains(&complaint) {
            complaints.push(complaint);
        }
    }

    fn turns(&self) -> usize {
        self.seen.borrow().values().sum()
    }

    /// The variant to see next.
    fn next(&self, name: &'static str, variants: &'static [&'static str]) -> Option<&'static str> {
        let mut seen = self.seen.borrow_mut();
        let turn = seen.entry(name).or_default();
        let variant = variants.get(*turn).or(variants.last()).copied();
        *turn = variants.len().min(*turn + 1);
        variant
    }
}

#[derive(Clone, Copy)]
struct Probe<'a> {
    service: &'a Service,
    shape: ShapeId,
    notes: &'a Notes,
    depth: usize,
}

impl<'a> Probe<'a> {
    fn shape(&self) -> Result<&'a Shape, Error> {
        self.service.shape(self.shape).ok_or_else(|| Error::custom("there is no such shape"))
    }

    fn inner(self, shape: ShapeId) -> Self {
        Self { shape, depth: self.depth + 1, ..self }
    }

    fn structure(&self) -> Option<&'a StructureShape> {
        match &self.service.shape(self.shape)?.kind {
            Kind::Structure(structure) => Some(structure),
            _ => None,
        }
    }

    /// The complaint that the shape is of another type.
    fn other<T>(&self, wanted: &str) -> Result<T, Error> {
        let name = self.shape()?.name;
        self.notes.complain(format!("`{name}` of the model is not {wanted}"));
        Err(Error::custom("the types differ"))
    }

    fn member(self, structure: &StructureShape, name: &str) -> Option<Self> {
        let member = structure.member(name);
        if member.is_none() {
            let shape = self.service.shape(self.shape).map_or("", |shape| shape.name);
            self.notes.complain(format!("`{shape}` of the model has no member `{name}`"));
        }
        Some(self.inner(member?.shape))
    }
}

/// A method that hands out one value if the shape is of the right kind.
macro_rules! scalar {
    ($($method:ident: $kind:pat => $visit:ident($value:expr), $wanted:literal;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.shape()?.kind {
                $kind => visitor.$visit($value),
                _ => self.other($wanted),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    scalar! {
        deserialize_bool: Kind::Boolean => visit_bool(false), "a boolean";
        deserialize_i8: Kind::Integer(_) => visit_i8(0), "an integer";
        deserialize_i16: Kind::Integer(_) => visit_i16(0), "an integer";
        deserialize_i32: Kind::Integer(_) => visit_i32(0), "an integer";
        deserialize_i64: Kind::Integer(_) | Kind::Long(_) | Kind::Timestamp(_) => visit_i64(0), "an integer, a long or a timestamp";
        deserialize_u8: Kind::Integer(_) => visit_u8(0), "an integer";
        deserialize_u16: Kind::Integer(_) => visit_u16(0), "an integer";
        deserialize_u32: Kind::Integer(_) => visit_u32(0), "an integer";
        deserialize_u64: Kind::Integer(_) | Kind::Long(_) => visit_u64(0), "an integer or a long";
        deserialize_f32: Kind::Float(_) => visit_f32(0.0), "a float";
        deserialize_f64: Kind::Float(_) => visit_f64(0.0), "a float";
        deserialize_char: Kind::String { .. } => visit_char(' '), "a string";
        deserialize_str: Kind::String { .. } => visit_str(""), "a string";
        deserialize_string: Kind::String { .. } => visit_str(""), "a string";
        deserialize_bytes: Kind::Blob { .. } => visit_bytes(b""), "a blob";
        deserialize_byte_buf: Kind::Blob { .. } => visit_bytes(b""), "a blob";
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("a type that does not say what it wants cannot be held"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.depth > DEPTH_MAX { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        self.other("a unit")
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.structure() {
            Some(_) => visitor.visit_unit(),
            None => self.other(&format!("a structure like `{name}`")),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.shape()?.kind {
            Kind::List { element, .. } if self.depth > DEPTH_MAX => {
                visitor.visit_seq(One { probe: self.inner(element), left: 0 })
            }
            Kind::List { element, .. } => {
                visitor.visit_seq(One { probe: self.inner(element), left: 1 })
            }
            _ => self.other("a list"),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Error> {
        self.other("a tuple")
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        _: V,
    ) -> Result<V::Value, Error> {
        self.other("a tuple")
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.shape()?.kind {
            Kind::Map { key, value, .. } => {
                let left = usize::from(self.depth <= DEPTH_MAX);
                visitor.visit_map(Entry { key: self.inner(key), value: self.inner(value), left })
            }
            _ => self.other("a map"),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let Some(structure) = self.structure() else {
            return self.other(&format!("a structure like `{name}`"));
        };
        let member = |name: &&'static str| Some((*name, self.member(structure, name)?));
        let members = fields.iter().filter_map(member).collect::<Vec<_>>().into_iter();
        visitor.visit_map(Members { members, value: None })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let shape = self.shape()?;
        match &shape.kind {
            Kind::String { values, .. } => {
                for variant in variants {
                    if !values.is_empty() && !values.contains(variant) {
                        let says =
                            format!("`{}` of the model has no value `{variant}`", shape.name);
                        self.notes.complain(says);
                    }
                }
                visitor.visit_enum(Choice { variant: variants.first().copied(), probe: None })
            }
            Kind::Structure(structure) if structure.union => {
                let variant = self.notes.next(name, variants);
                let probe = variant.and_then(|variant| self.member(structure, variant));
                visitor.visit_enum(Choice { variant, probe })
            }
            _ => self.other(&format!("a string or a union like `{name}`")),
        }
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        self.other("an identifier")
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

/// A list of one element, or none.
struct One<'a> {
    probe: Probe<'a>,
    left: usize,
}

impl<'de> SeqAccess<'de> for One<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(self.probe).map(Some)
    }
}

/// A map of one entry, or none.
struct Entry<'a> {
    key: Probe<'a>,
    value: Probe<'a>,
    left: usize,
}

impl<'de> MapAccess<'de> for Entry<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(self.key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(self.value)
    }
}

struct Members<'a> {
    members: std::vec::IntoIter<(&'static str, Probe<'a>)>,
    value: Option<Probe<'a>>,
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((name, value)) = self.members.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let value = self.value.take().ok_or_else(|| Error::custom("no value"))?;
        seed.deserialize(value)
    }
}

struct Choice<'a> {
    variant: Option<&'static str>,
    probe: Option<Probe<'a>>,
}

impl<'a, 'de> EnumAccess<'de> for Choice<'a> {
    type Error = Error;
    type Variant = Chosen<'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Chosen<'a>), Error> {
        let variant = self.variant.ok_or_else(|| Error::custom("an enum without variants"))?;
        let variant = seed.deserialize(BorrowedStrDeserializer::<Error>::new(variant))?;
        Ok((variant, Chosen(self.probe)))
    }
}

struct Chosen<'a>(Option<Probe<'a>>);

impl<'de> VariantAccess<'de> for Chosen<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self.0 {
            None => Ok(()),
            Some(probe) => probe.other("a unit"),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.0.ok_or_else(|| Error::custom("a member that is not there"))?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("a member of a union is one value"))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        Err(Error::custom("a member of a union is one value"))
    }
}
