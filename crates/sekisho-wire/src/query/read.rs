//! Values from a form: `Filters.member.1.Values.member.2=running`.
//!
//! The parameters are sorted by the steps of their names, so that all that belongs to a member stands
//! together; a member's value is read from that stretch. Nothing is ever looked for by index: a list with
//! one element numbered 1,000,000,000 costs as much as a list with one element.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::Value;
use crate::model::{Kind, Member, Service, Shape, ShapeId, StructureShape, TimestampFormat};
use crate::text::{self, Place, wire_name};
use crate::uri::Pairs;
use crate::value::Structure;
use crate::xml::read::flat_name;
use crate::xml::write::within;

/// How many steps a name may have. The longest in the models have below 20; the reader recurses as deep.
pub const FORM_STEPS_MAX: usize = 64;

/// A form, sorted.
pub(crate) struct Form<'a> {
    pairs: Pairs<'a>,
}

/// The parameters below one step of the names.
#[derive(Clone, Copy)]
struct Stretch<'a> {
    pairs: &'a [(Cow<'a, str>, Cow<'a, str>)],
    /// How many bytes of every name are done.
    done: usize,
}

impl<'a> Form<'a> {
    /// Sorts the parameters; one that stands there twice is refused: which of them was meant cannot be known.
    pub(crate) fn new(mut pairs: Pairs<'a>) -> Result<Self, String> {
        pairs.sort_by(|(left, _), (right, _)| by_steps(left, right));
        for pair in pairs.windows(2) {
            if let [(left, _), (right, _)] = pair
                && left == right
            {
                return Err(format!("`{left}` stands there more than once"));
            }
        }
        let deep = |name: &str| name.bytes().filter(|byte| *byte == b'.').count() >= FORM_STEPS_MAX;
        if let Some((name, _)) = pairs.iter().find(|(name, _)| deep(name)) {
            return Err(format!("`{name}` has more than {FORM_STEPS_MAX} steps"));
        }
        Ok(Self { pairs })
    }

    /// Reads a structure. Parameters that the model does not know are ignored (`Action` is one).
    pub(crate) fn structure(
        &self,
        service: &'static Service,
        shape: &'static StructureShape,
    ) -> Result<Structure, String> {
        structure(service, shape, Stretch { pairs: &self.pairs, done: 0 })
    }
}

/// Byte order, but with the dot before everything: names that share steps stand together.
fn by_steps(left: &str, right: &str) -> Ordering {
    let rank = |byte: u8| if byte == b'.' { 0 } else { u16::from(byte) + 1 };
    left.bytes().map(rank).cmp(right.bytes().map(rank))
}

/// The step of a name that comes behind what is done.
fn next_step(name: &str, done: usize) -> &str {
    name.get(done..).unwrap_or_default().split('.').next().unwrap_or_default()
}

impl<'a> Stretch<'a> {
    /// The stretch below a step; `None` where there is none.
    fn below(self, step: &str) -> Option<Self> {
        let order = |name: &str| by_steps(next_step(name, self.done), step);
        let from = self.pairs.partition_point(|(name, _)| order(name) == Ordering::Less);
        let to = self.pairs.partition_point(|(name, _)| order(name) != Ordering::Greater);
        let pairs = self.pairs.get(from..to).filter(|pairs| !pairs.is_empty())?;
        Some(Self { pairs, done: self.done + step.len() + 1 })
    }

    /// The value of the name that ends here.
    fn value(self) -> Option<&'a str> {
        let (name, value) = self.pairs.first()?;
        (name.len() < self.done).then_some(&**value)
    }

    /// The stretches below the numbers, in their order. What stands below no number is refused: it was
    /// meant for something.
    fn numbered(self) -> Result<Vec<(u32, Self)>, String> {
        let mut numbered: Vec<(u32, Self)> = Vec::new();
        let mut last = "";
        for (name, _) in self.pairs.iter().filter(|(name, _)| name.len() >= self.done) {
            let step = next_step(name, self.done);
            if step == last && !numbered.is_empty() {
                continue;
            }
            last = step;
            let number = step.parse().ok().zip(self.below(step));
            numbered.push(number.ok_or_else(|| format!("`{step}` is no index"))?);
        }
        numbered.sort_by_key(|(number, _)| *number);
        Ok(numbered)
    }
}

fn structure<'a>(
    service: &'static Service,
    shape: &'static StructureShape,
    stretch: Stretch<'a>,
) -> Result<Structure, String> {
    let mut structure = Structure::new();
    for member in shape.members {
        let shape = text::shape(service, member.shape)?;
        let name = member_name(shape, member);
        let Some(below) = stretch.below(name) else { continue };
        let read = value(service, member.shape, member.flattened, member.timestamp, below);
        structure.set(member.name, read.map_err(|why| within(name, &why))?);
    }
    Ok(structure)
}

/// A flattened list may have the name of its elements.
fn member_name(shape: &Shape, member: &'static Member) -> &'static str {
    match shape.kind {
        Kind::List { element_name, flattened, .. } if flattened || member.flattened => {
            flat_name(member, element_name)
        }
        _ => wire_name(member),
    }
}

fn value<'a>(
    service: &'static Service,
    id: ShapeId,
    flat: bool,
    format: TimestampFormat,
    stretch: Stretch<'a>,
) -> Result<Value, String> {
    let shape = text::shape(service, id)?;
    if !shape.kind.is_scalar() && stretch.value().is_some_and(|text| !text.is_empty()) {
        // Only an empty list stands there without steps, and it has no value.
        return Err("must not be a plain value".to_owned());
    }
    match &shape.kind {
        Kind::Structure(shape) => structure(service, shape, stretch).map(Value::Structure),
        Kind::List { element, element_name, flattened, .. } => {
            let inner = if element_name.is_empty() { "member" } else { element_name };
            let elements = if flat || *flattened { Some(stretch) } else { stretch.below(inner) };
            list(service, *element, elements).map(Value::List)
        }
        Kind::Map { key_name, value, value_name, flattened, .. } => {
            let entries = if flat || *flattened { Some(stretch) } else { stretch.below("entry") };
            let key_name = if key_name.is_empty() { "key" } else { key_name };
            let value_name = if value_name.is_empty() { "value" } else { value_name };
            map(service, (key_name, value_name), *value, entries).map(Value::Map)
        }
        _ => {
            let text = stretch.value().ok_or("must be a plain value")?;
            text::read(shape, format, Place::Query, text)
        }
    }
}

/// An empty list is a parameter with the list's name and no value: nothing stands below it.
fn list(
    service: &'static Service,
    id: ShapeId,
    elements: Option<Stretch<'_>>,
) -> Result<Vec<Value>, String> {
    let numbered = elements.map(Stretch::numbered).transpose()?.unwrap_or_default();
    let read = |(number, stretch): (u32, Stretch<'_>)| {
        value(service, id, false, TimestampFormat::Usual, stretch)
            .map_err(|why| within(&number.to_string(), &why))
    };
    numbered.into_iter().map(read).collect()
}

fn map(
    service: &'static Service,
    (key_name, value_name): (&str, &str),
    id: ShapeId,
    entries: Option<Stretch<'_>>,
) -> Result<BTreeMap<String, Value>, String> {
    let mut map = BTreeMap::new();
    for (number, entry) in entries.map(Stretch::numbered).transpose()?.unwrap_or_default() {
        let key = entry.below(key_name).and_then(Stretch::value);
        let (Some(key), Some(held)) = (key, entry.below(value_name)) else {
            return Err(format!("`{number}` must have a `{key_name}` and a `{value_name}`"));
        };
        let read = value(service, id, false, TimestampFormat::Usual, held)
            .map_err(|why| within(&number.to_string(), &why))?;
        if map.insert(key.to_owned(), read).is_some() {
            return Err(format!("has the key `{key}` twice"));
        }
    }
    Ok(map)
}
