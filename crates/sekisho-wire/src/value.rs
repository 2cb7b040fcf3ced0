//! A request or reply as one tree, the same for all protocols.
//!
//! The model says what a value is; the tree holds only what differs. A timestamp is an integer of
//! milliseconds since 1970 (the finest that any of the protocols writes): how it is written is the
//! protocol's and the member's affair.

use std::collections::BTreeMap;

use bytes::Bytes;

/// A value of a request or reply.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A boolean.
    Boolean(bool),
    /// An integer, a long or, in milliseconds since 1970, a timestamp.
    Integer(i64),
    /// A float or a double.
    Float(f64),
    /// A string.
    Text(String),
    /// A blob.
    Blob(Bytes),
    /// A list.
    List(Vec<Value>),
    /// A map: its keys are data.
    Map(BTreeMap<String, Value>),
    /// A structure: its keys are the names of the model's members.
    Structure(Structure),
}

/// The members of a structure that are present, in the order in which they were given.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Structure {
    members: Vec<(&'static str, Value)>,
}

impl Structure {
    /// A structure without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a member; what it held before is gone.
    pub fn set(&mut self, name: &'static str, value: Value) {
        match self.members.iter_mut().find(|(known, _)| *known == name) {
            Some((_, held)) => *held = value,
            None => self.members.push((name, value)),
        }
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Takes a member out.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        let index = self.members.iter().position(|(known, _)| *known == name)?;
        Some(self.members.remove(index).1)
    }

    /// The members that are present.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.members.iter().map(|(name, value)| (*name, value))
    }

    /// Whether no member is present.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

impl IntoIterator for Structure {
    type Item = (&'static str, Value);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl FromIterator<(&'static str, Value)> for Structure {
    fn from_iter<I: IntoIterator<Item = (&'static str, Value)>>(members: I) -> Self {
        let mut structure = Self::new();
        members.into_iter().for_each(|(name, value)| structure.set(name, value));
        structure
    }
}
