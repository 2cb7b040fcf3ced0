//! Whether an input is what the model says: AWS's first answer to a request, before anybody is asked.
//!
//! "1 validation error detected: Value 'x' at 'keyId' failed to satisfy constraint: Member must have
//! length less than or equal to 2048". The wording is that of AWS's service framework. Most services
//! have it as it is; who does not is in `style`. S3 answers what is wrong by itself, one thing at a
//! time, so nothing is said for it here. CodeCommit, CodeDeploy, SNS and SQS have errors of their own
//! for many members (`RepositoryNameRequiredException`); here they answer as the framework does.
//!
//! Sources: messages in public issue reports (a map: auto-tag#77; several at once, and secrets:
//! terraform-provider-aws#41023; a list: aws-actions/amazon-ecr-login#225; `null`: pulumi-aws#2357).

mod constraint;
mod java;
mod path;
mod pattern;
mod shown;
mod style;
#[cfg(test)]
mod tests;

use std::fmt;

use constraint::{Constraint, Seen, constraints};
use path::Path;
use style::Style;

use crate::Value;
use crate::error::WireError;
use crate::model::{Kind, Service, Shape, ShapeId, StructureShape};
use crate::value::Structure;

/// The most violations that one answer names.
const VIOLATIONS_MAX: usize = 10;

/// What is wrong with an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations {
    /// The error's code in this service.
    pub code: &'static str,
    /// What Organizations says in the member `Reason` of its error.
    pub reason: Option<&'static str>,
    message: String,
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Violations {
    /// The answer.
    pub fn error(&self) -> WireError {
        let error = WireError::sender(self.code, 400, self.message.as_str());
        match self.reason {
            Some(reason) => error.member("Reason", Value::Text(reason.to_owned())),
            None => error,
        }
    }
}

/// Checks the input of an operation of a service.
///
/// # Errors
/// Names what is wrong, as AWS does.
pub fn check(service: &Service, shape: ShapeId, value: &Value) -> Result<(), Violations> {
    let Some(style) = style::of(service) else { return Ok(()) };
    let mut walk = Walk { service, style, found: Vec::new() };
    walk.value(Path::Top, shape, value);
    if walk.found.is_empty() { Ok(()) } else { Err(style.violations(&walk.found)) }
}

/// One thing that is wrong.
struct Violation {
    /// `tags.1.member.key`.
    path: String,
    /// As it is shown; `None` where it must not be.
    value: Option<String>,
    broken: Broken,
}

/// What is not as it must be.
enum Broken {
    /// The member is missing.
    Null,
    /// A constraint of the value itself.
    Own(Constraint),
    /// A constraint of all elements, keys or values; `Member`, `Map keys`, `Map value`.
    Inner(&'static str, Vec<Constraint>),
}

struct Walk<'a> {
    service: &'a Service,
    style: Style,
    found: Vec<Violation>,
}

impl Walk<'_> {
    fn value(&mut self, path: Path<'_>, id: ShapeId, value: &Value) {
        let Some(shape) = self.service.shape(id) else { return };
        for constraint in constraints(shape).filter(|one| !one.holds(Seen::of(value))) {
            self.add(path, shape, Some(value), Broken::Own(constraint));
        }
        match (&shape.kind, value) {
            (Kind::Structure(kind), Value::Structure(members)) => self.members(path, kind, members),
            (Kind::List { element, .. }, Value::List(elements)) => {
                if self.is_scalar(*element) {
                    let seen = elements.iter().map(Seen::of);
                    self.inner(path, (shape, value), *element, "Member", seen);
                    return;
                }
                for (place, one) in elements.iter().enumerate() {
                    self.value(Path::Element(&path, place + 1), *element, one);
                }
            }
            (Kind::Map { key, value: inner, .. }, Value::Map(entries)) => {
                let keys = entries.keys().map(|key| Seen::Text(key));
                self.inner(path, (shape, value), *key, "Map keys", keys);
                if self.is_scalar(*inner) {
                    let seen = entries.values().map(Seen::of);
                    self.inner(path, (shape, value), *inner, "Map value", seen);
                    return;
                }
                for (key, one) in entries {
                    self.value(Path::Entry(&path, key), *inner, one);
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, path: Path<'_>, shape: &StructureShape, members: &Structure) {
        for member in shape.members {
            let path = Path::Member(&path, member.name);
            match (members.get(member.name), self.service.shape(member.shape)) {
                (Some(value), _) => self.value(path, member.shape, value),
                (None, Some(shape)) if member.required && !member.streaming => {
                    self.add(path, shape, None, Broken::Null);
                }
                _ => {}
            }
        }
    }

    /// Scalars in a list or map: one that breaks a constraint is said of the whole, with all of them.
    fn inner<'v>(
        &mut self,
        path: Path<'_>,
        (shape, whole): (&Shape, &Value),
        each: ShapeId,
        noun: &'static str,
        mut all: impl Iterator<Item = Seen<'v>>,
    ) {
        let Some(inner) = self.service.shape(each) else { return };
        if constraints(inner).next().is_none() {
            return;
        }
        if all.any(|seen| constraints(inner).any(|constraint| !constraint.holds(seen))) {
            let all = constraint::listed(inner);
            self.add(path, shape, Some(whole), Broken::Inner(noun, all));
        }
    }

    fn is_scalar(&self, id: ShapeId) -> bool {
        self.service.shape(id).is_some_and(|shape| shape.kind.is_scalar())
    }

    fn add(&mut self, path: Path<'_>, shape: &Shape, value: Option<&Value>, broken: Broken) {
        if self.found.len() == VIOLATIONS_MAX {
            return;
        }
        let value = match value {
            None => Some("null".to_owned()),
            Some(value) if self.style.shows_values => {
                shown::shown(self.service, shape, value).map(|value| format!("'{value}'"))
            }
            Some(_) => None,
        };
        let value = value.filter(|_| self.style.shows_values);
        self.found.push(Violation { path: path.to_string(), value, broken });
    }
}
