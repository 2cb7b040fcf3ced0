//! Values from XML elements.

use std::collections::BTreeMap;

use super::Element;
use crate::Value;
use crate::model::{Kind, Member, Service, ShapeId, StructureShape, TimestampFormat};
use crate::text::{self, Place, wire_name};
use crate::value::Structure;

/// Reads a structure; the error says what and where. Elements that the model does not know are ignored.
pub(crate) fn structure(
    service: &'static Service,
    shape: &'static StructureShape,
    element: &Element,
) -> Result<Structure, String> {
    let mut structure = Structure::new();
    for member in shape.members {
        let read = if member.xml_attribute {
            attribute(service, member, element)
        } else {
            child(service, member, element)
        };
        let read = read.map_err(|why| format!("`{}`: {why}", wire_name(member)))?;
        if let Some(value) = read {
            structure.set(member.name, value);
        }
    }
    Ok(structure)
}

fn attribute(
    service: &'static Service,
    member: &Member,
    element: &Element,
) -> Result<Option<Value>, String> {
    let local = wire_name(member).rsplit(':').next().unwrap_or_default();
    let Some((_, text)) = element.attributes.iter().find(|(name, _)| name == local) else {
        return Ok(None);
    };
    let shape = text::shape(service, member.shape)?;
    text::read(shape, member.timestamp, Place::Rest, text).map(Some)
}

fn child(
    service: &'static Service,
    member: &'static Member,
    element: &Element,
) -> Result<Option<Value>, String> {
    let shape = text::shape(service, member.shape)?;
    let name = match shape.kind {
        Kind::List { element_name, flattened: true, .. } => flat_name(member, element_name),
        Kind::List { element_name, .. } if member.flattened => flat_name(member, element_name),
        _ => wire_name(member),
    };
    let found: Vec<&Element> = element.children.iter().filter(|child| child.name == name).collect();
    let Some((first, rest)) = found.split_first() else { return Ok(None) };
    match &shape.kind {
        Kind::List { element, flattened, .. } if *flattened || member.flattened => {
            list(service, *element, &found).map(Some)
        }
        Kind::Map { flattened, .. } if *flattened || member.flattened => {
            map(service, member.shape, &found).map(Some)
        }
        _ if !rest.is_empty() => Err("stands there more than once".to_owned()),
        _ => value(service, member.shape, member.timestamp, first).map(Some),
    }
}

/// The elements of a flattened list stand in place of the list: called as the list calls its elements,
/// or as the member is called where the list says nothing.
pub(crate) fn flat_name(member: &Member, element_name: &'static str) -> &'static str {
    if element_name.is_empty() { wire_name(member) } else { element_name }
}

/// Reads a value of any shape.
pub(crate) fn value(
    service: &'static Service,
    id: ShapeId,
    format: TimestampFormat,
    element: &Element,
) -> Result<Value, String> {
    let shape = text::shape(service, id)?;
    match &shape.kind {
        Kind::Structure(shape) => structure(service, shape, element).map(Value::Structure),
        Kind::List { element: inner, element_name, .. } => {
            let name = if element_name.is_empty() { "member" } else { element_name };
            let found = element.children.iter().filter(|child| child.name == name);
            list(service, *inner, &found.collect::<Vec<_>>())
        }
        Kind::Map { .. } => {
            let entries = element.children.iter().filter(|child| child.name == "entry");
            map(service, id, &entries.collect::<Vec<_>>())
        }
        _ if !element.children.is_empty() => Err("must not have elements in it".to_owned()),
        _ => text::read(shape, format, Place::Rest, &element.text),
    }
}

fn list(service: &'static Service, id: ShapeId, found: &[&Element]) -> Result<Value, String> {
    let read = |element: &&Element| value(service, id, TimestampFormat::Usual, element);
    found.iter().map(read).collect::<Result<_, _>>().map(Value::List)
}

fn map(service: &'static Service, id: ShapeId, entries: &[&Element]) -> Result<Value, String> {
    let Kind::Map { key_name, value: inner, value_name, .. } = &text::shape(service, id)?.kind
    else {
        return Err("is not a map".to_owned());
    };
    let key_name = if key_name.is_empty() { "key" } else { key_name };
    let value_name = if value_name.is_empty() { "value" } else { value_name };
    let mut map = BTreeMap::new();
    for entry in entries {
        let part = |name: &str| {
            let found = entry.children.iter().find(|child| child.name == name);
            found.ok_or_else(|| format!("an entry has no `{name}`"))
        };
        let read = value(service, *inner, TimestampFormat::Usual, part(value_name)?)?;
        let key = part(key_name)?.text.clone();
        if map.insert(key, read).is_some() {
            return Err("has a key twice".to_owned());
        }
    }
    Ok(Value::Map(map))
}
