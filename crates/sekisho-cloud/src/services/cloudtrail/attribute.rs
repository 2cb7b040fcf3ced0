//! The one attribute by which events are looked up.
//!
//! Source: CloudTrail API Reference, "LookupAttribute": at most one, names and values exactly as
//! they are; some characters of the value count twice.

use serde::{Deserialize, Serialize};

use super::event_view::EventView;
use super::fault;
use crate::fault::Fault;

/// How long a value may be, in characters.
const VALUE_CHARACTERS_MAX: usize = 2_000;

/// The characters that count twice.
const DOUBLE: [char; 4] = ['_', ' ', ',', '\n'];

/// An attribute and the value that it must have.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct LookupAttribute {
    /// Which attribute.
    pub attribute_key: Key,
    /// Its value.
    pub attribute_value: String,
}

/// What events can be looked up by.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Key {
    AccessKeyId,
    EventId,
    EventName,
    EventSource,
    ReadOnly,
    ResourceName,
    ResourceType,
    Username,
}

/// The attribute of a request.
///
/// # Errors
/// When there is more than one, or its value is too long.
pub(super) fn the_one(attributes: &[LookupAttribute]) -> Result<Option<&LookupAttribute>, Fault> {
    if attributes.len() > 1 {
        return Err(fault::attributes("Only one lookup attribute can be specified."));
    }
    let Some(attribute) = attributes.first() else { return Ok(None) };
    let letters = attribute.attribute_value.chars();
    let length: usize = letters.map(|letter| if DOUBLE.contains(&letter) { 2 } else { 1 }).sum();
    if length > VALUE_CHARACTERS_MAX {
        return Err(fault::attributes("The value of the lookup attribute is too long."));
    }
    Ok(Some(attribute))
}

impl LookupAttribute {
    /// Whether an event has it.
    pub(super) fn fits(&self, event: &EventView) -> bool {
        let wanted = self.attribute_value.as_str();
        let mut resources = event.resources.iter();
        match self.attribute_key {
            Key::AccessKeyId => event.access_key_id.as_deref() == Some(wanted),
            Key::EventId => event.event_id == wanted,
            Key::EventName => event.event_name == wanted,
            Key::EventSource => event.event_source == wanted,
            Key::ReadOnly => event.read_only == wanted,
            Key::ResourceName => resources.any(|one| one.resource_name == wanted),
            Key::ResourceType => resources.any(|one| one.resource_type == wanted),
            Key::Username => event.username.as_deref() == Some(wanted),
        }
    }
}
