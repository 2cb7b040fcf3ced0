//! `requestParameters` and `responseElements`: values by the model's names, in CloudTrail's form.
//!
//! The first letter of a member's name is small, dates are Java's, the keys of maps stay as they
//! are. Blobs and what the model calls sensitive are left out; so is what is empty, which an
//! operation cannot tell from what was not sent. What AWS does otherwise is in [`rules`].
//!
//! Source: CloudTrail User Guide, "CloudTrail record contents"; names and dates as delivered
//! records have them.

use std::borrow::Cow;

use sekisho_trail::{Dates, time};
use sekisho_wire::Value;
use sekisho_wire::model::{Kind, Service, ShapeId, StructureShape};
use sekisho_wire::value::Structure;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use super::rules::{self, Rule};

/// Which of the two is shown.
pub(super) enum Side<'a> {
    /// What went in.
    Request,
    /// What came out.
    Reply {
        /// The ARN of the key that was changed, where KMS records it and does not answer it.
        key: Option<&'a str>,
    },
}

/// Parameters as JSON; `None` where nothing is left to show.
pub(super) fn parameters(
    service: &'static Service,
    operation: &str,
    shape: ShapeId,
    value: Option<&Value>,
    dates: Dates,
    side: &Side<'_>,
) -> Option<Box<RawValue>> {
    let Value::Structure(members) = value? else { return None };
    let Kind::Structure(of) = &service.shape(shape)?.kind else { return None };
    let view = View { service, dates };
    let (defaults, key) = match side {
        Side::Request => (rules::defaults(service.name, operation), None),
        Side::Reply { key } => (&[][..], *key),
    };
    let nothing = defaults.is_empty() && key.is_none();
    if nothing && !members.iter().any(|(name, value)| view.shows(of, name, value)) {
        return None;
    }
    to_raw_value(&Whole { view, of, members, defaults, key }).ok()
}

/// `{"keyId": …}`: the reply of KMS to changes whose answer says nothing.
pub(super) fn only_key(key: Option<&str>) -> Option<Box<RawValue>> {
    to_raw_value(&serde_json::json!({ "keyId": key? })).ok()
}

/// What all parts of a value are seen with.
#[derive(Clone, Copy)]
struct View {
    service: &'static Service,
    dates: Dates,
}

/// A whole reply or request, with what AWS adds.
struct Whole<'a> {
    view: View,
    of: &'static StructureShape,
    members: &'a Structure,
    defaults: &'static [(&'static str, rules::Default)],
    key: Option<&'a str>,
}

/// A value of a shape.
struct Shown<'a> {
    view: View,
    shape: ShapeId,
    value: &'a Value,
}

/// The members of a structure.
struct Members<'a> {
    view: View,
    of: &'static StructureShape,
    members: &'a Structure,
}

impl View {
    /// Whether a member is in the record at all.
    fn shows(self, of: &'static StructureShape, name: &str, value: &Value) -> bool {
        let Some(member) = of.member(name) else { return false };
        match rules::rule(self.service.name, name) {
            Some(Rule::Dropped) => false,
            Some(Rule::Masked(_)) => true,
            Some(Rule::Named(_)) | None => !self.is_secret(member.shape) && !is_empty(value),
        }
    }

    /// Whether the values of a shape are kept out of records: blobs and secrets, and lists and maps
    /// of them.
    fn is_secret(self, shape: ShapeId) -> bool {
        let Some(shape) = self.service.shape(shape) else { return true };
        shape.sensitive
            || match &shape.kind {
                Kind::Blob { .. } => true,
                Kind::List { element: inner, .. } | Kind::Map { value: inner, .. } => {
                    let inner = self.service.shape(*inner);
                    inner.is_none_or(|one| one.sensitive || matches!(one.kind, Kind::Blob { .. }))
                }
                _ => false,
            }
    }

    fn member<M: SerializeMap>(
        self,
        to: &mut M,
        of: &'static StructureShape,
        name: &'static str,
        value: &Value,
    ) -> Result<(), M::Error> {
        let Some(member) = of.member(name) else { return Ok(()) };
        match rules::rule(self.service.name, name) {
            Some(Rule::Masked(with)) => to.serialize_entry(&*lowered(name), with),
            Some(Rule::Named(called)) => {
                to.serialize_entry(called, &self.shown(member.shape, value))
            }
            _ => to.serialize_entry(&*lowered(name), &self.shown(member.shape, value)),
        }
    }

    fn shown(self, shape: ShapeId, value: &Value) -> Shown<'_> {
        Shown { view: self, shape, value }
    }
}

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for (name, value) in self.members.iter() {
            if self.view.shows(self.of, name, value) {
                self.view.member(&mut map, self.of, name, value)?;
            }
        }
        for (name, value) in self.defaults {
            if self.members.get(name).is_none() {
                map.serialize_entry(&*lowered(name), value)?;
            }
        }
        if let Some(key) = self.key {
            map.serialize_entry("keyId", key)?;
        }
        map.end()
    }
}

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for (name, value) in self.members.iter() {
            if self.view.shows(self.of, name, value) {
                self.view.member(&mut map, self.of, name, value)?;
            }
        }
        map.end()
    }
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let (view, kind) = (self.view, self.view.service.shape(self.shape).map(|one| &one.kind));
        match (self.value, kind) {
            (Value::Boolean(value), _) => to.serialize_bool(*value),
            (Value::Integer(ms), Some(Kind::Timestamp(_))) => {
                to.serialize_str(&time::date(*ms, view.dates))
            }
            (Value::Integer(number), _) => to.serialize_i64(*number),
            (Value::Float(number), _) => to.serialize_f64(*number),
            (Value::Text(text), _) => to.serialize_str(text),
            (Value::List(values), Some(Kind::List { element, .. })) => {
                to.collect_seq(values.iter().map(|value| view.shown(*element, value)))
            }
            (Value::Map(entries), Some(Kind::Map { value: shape, .. })) => {
                to.collect_map(entries.iter().map(|(key, value)| (key, view.shown(*shape, value))))
            }
            (Value::Structure(members), Some(Kind::Structure(of))) => {
                Members { view, of, members }.serialize(to)
            }
            // A value that is not of its shape, and a blob in a list: neither is shown.
            _ => to.serialize_unit(),
        }
    }
}

/// Whether there is nothing in it. An operation's input has empty lists where nothing was sent.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::List(values) => values.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Structure(members) => members.is_empty(),
        _ => false,
    }
}

/// `KeyId` becomes `keyId`, `SAMLAssertion` becomes `sAMLAssertion`.
fn lowered(name: &'static str) -> Cow<'static, str> {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if first.is_ascii_uppercase() => {
            Cow::Owned(format!("{}{}", first.to_ascii_lowercase(), letters.as_str()))
        }
        _ => Cow::Borrowed(name),
    }
}
