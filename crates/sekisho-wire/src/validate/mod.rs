//! Whether an input is what the model says: AWS's first answer to a request, before anybody is asked.
//!
//! "1 validation error detected: Value 'x' at 'keyId' failed to satisfy constraint: Member must have
//! length less than or equal to 2048". The wording is that of AWS's service framework, the same for all
//! services but S3, which has its own answers; some services leave the value out.
//!
//! Sources: messages in public issue reports and in the documentation of KMS, STS, IAM ("Value at …",
//! 2026) and Systems Manager; Organizations API Reference, `InvalidInputException`.

mod pattern;
mod words;

use std::fmt;

use crate::Value;
use crate::model::{Kind, Range, Service, Shape, ShapeId, StructureShape};
use crate::value::Structure;
use words::Constraint;

/// The most violations that one answer names.
const VIOLATIONS_MAX: usize = 10;

/// What is wrong with an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations {
    /// The error's code in this service.
    pub code: &'static str,
    all: Vec<String>,
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.all.len();
        let noun = if count == 1 { "error" } else { "errors" };
        write!(f, "{count} validation {noun} detected: {}", self.all.join("; "))
    }
}

/// Checks the input of an operation of a service.
///
/// # Errors
/// Names what is wrong, as AWS does.
pub fn check(service: &Service, shape: ShapeId, value: &Value) -> Result<(), Violations> {
    if service.name == "s3" {
        return Ok(());
    }
    let mut walk = Walk { service, shows_values: shows_values(service), found: Vec::new() };
    walk.value(&mut String::new(), shape, value);
    if walk.found.is_empty() {
        return Ok(());
    }
    Err(Violations { code: code(service), all: walk.found })
}

fn code(service: &Service) -> &'static str {
    use crate::model::Protocol;
    match service.protocols.first() {
        Some(Protocol::Query) => "ValidationError",
        _ if service.name == "organizations" => "InvalidInputException",
        _ => "ValidationException",
    }
}

/// IAM and Systems Manager say where, not what.
fn shows_values(service: &Service) -> bool {
    !matches!(service.name, "iam" | "ssm")
}

struct Walk<'a> {
    service: &'a Service,
    shows_values: bool,
    found: Vec<String>,
}

impl Walk<'_> {
    fn value(&mut self, path: &mut String, id: ShapeId, value: &Value) {
        let Some(shape) = self.service.shape(id) else { return };
        for constraint in broken(shape, value) {
            self.say(path, shape, value, &constraint.to_string());
        }
        match (&shape.kind, value) {
            (Kind::Structure(kind), Value::Structure(members)) => self.members(path, kind, members),
            (Kind::List { element, .. }, Value::List(elements)) => {
                self.elements(path, shape, *element, value, elements);
            }
            (Kind::Map { key, value: of_values, .. }, Value::Map(entries)) => {
                let keys = entries.keys().map(|key| Value::Text(key.clone()));
                self.entries(path, shape, value, *key, "Map keys", keys);
                if self.is_scalar(*of_values) {
                    let values = entries.values().cloned();
                    self.entries(path, shape, value, *of_values, "Map value", values);
                } else {
                    for (key, one) in entries {
                        self.inside(path, &format!(".{key}.member"), |walk, path| {
                            walk.value(path, *of_values, one);
                        });
                    }
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, path: &mut String, shape: &StructureShape, members: &Structure) {
        for member in shape.members {
            let name = lower_camel(member.name);
            let step = if path.is_empty() { name } else { format!(".{name}") };
            self.inside(path, &step, |walk, path| match members.get(member.name) {
                Some(value) => walk.value(path, member.shape, value),
                None if member.required && !member.streaming && !member.idempotency_token => {
                    walk.missing(path);
                }
                None => {}
            });
        }
    }

    /// The elements of a list: a scalar that is wrong is said of the list, anything else of itself.
    fn elements(
        &mut self,
        path: &mut String,
        list: &Shape,
        element: ShapeId,
        value: &Value,
        elements: &[Value],
    ) {
        if self.is_scalar(element) {
            self.entries(path, list, value, element, "Member", elements.iter().cloned());
            return;
        }
        for (index, one) in elements.iter().enumerate() {
            self.inside(path, &format!(".{}.member", index + 1), |walk, path| {
                walk.value(path, element, one);
            });
        }
    }

    /// Scalars that share a constraint: one that breaks it is said of the whole.
    fn entries(
        &mut self,
        path: &str,
        of: &Shape,
        whole: &Value,
        each: ShapeId,
        noun: &str,
        mut entries: impl Iterator<Item = Value>,
    ) {
        let Some(shape) = self.service.shape(each) else { return };
        if entries.any(|entry| !broken(shape, &entry).is_empty()) {
            let all: Vec<_> = constraints(shape).iter().map(ToString::to_string).collect();
            let must = format!("{noun} must satisfy constraint: [{}]", all.join(", "));
            self.say(path, of, whole, &must);
        }
    }

    fn is_scalar(&self, id: ShapeId) -> bool {
        let kind = self.service.shape(id).map(|shape| &shape.kind);
        !matches!(kind, Some(Kind::Structure(_) | Kind::List { .. } | Kind::Map { .. }) | None)
    }

    /// Goes one step down, and back.
    fn inside(&mut self, path: &mut String, step: &str, go: impl FnOnce(&mut Self, &mut String)) {
        let here = path.len();
        path.push_str(step);
        go(self, path);
        path.truncate(here);
    }

    fn missing(&mut self, path: &str) {
        let value = if self.shows_values { "Value null at" } else { "Value at" };
        self.add(format!("{value} '{path}' failed to satisfy constraint: Member must not be null"));
    }

    fn say(&mut self, path: &str, shape: &Shape, value: &Value, must: &str) {
        let shown = self.shows_values && !shape.sensitive;
        let what =
            if shown { format!("Value '{}' at", words::shown(value)) } else { "Value at".into() };
        self.add(format!("{what} '{path}' failed to satisfy constraint: {must}"));
    }

    fn add(&mut self, violation: String) {
        if self.found.len() < VIOLATIONS_MAX {
            self.found.push(violation);
        }
    }
}

/// The constraints of a shape that a value breaks.
fn broken<'a>(shape: &'a Shape, value: &Value) -> Vec<Constraint<'a>> {
    constraints(shape).into_iter().filter(|constraint| !constraint.holds(value)).collect()
}

/// The constraints of a shape, in the order in which AWS lists them.
fn constraints(shape: &Shape) -> Vec<Constraint<'_>> {
    let mut all = Vec::new();
    let mut length = |range: &Range<u64>| {
        all.extend(range.max.map(Constraint::LengthMax));
        all.extend(range.min.filter(|min| *min > 0).map(Constraint::LengthMin));
    };
    match &shape.kind {
        Kind::List { length: range, .. }
        | Kind::Map { length: range, .. }
        | Kind::Blob { length: range } => {
            length(range);
        }
        Kind::String { length: range, pattern, values } => {
            length(range);
            all.extend(
                Some(*pattern).filter(|pattern| !pattern.is_empty()).map(Constraint::Pattern),
            );
            all.extend(Some(*values).filter(|values| !values.is_empty()).map(Constraint::Values));
        }
        Kind::Integer(range) | Kind::Long(range) => {
            all.extend(range.max.map(Constraint::Max));
            all.extend(range.min.map(Constraint::Min));
        }
        Kind::Structure(_) | Kind::Boolean | Kind::Float(_) | Kind::Timestamp(_) => {}
    }
    all
}

/// `KeyId` as `keyId`; a name that begins with capitals keeps the last one: `SSEType` as `sSEType`.
fn lower_camel(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests;
