//! The constraints of the models, and how AWS words them.

use std::fmt;

use super::pattern;
use crate::Value;
use crate::model::{Kind, Range, Shape};

/// One constraint of a shape.
#[derive(Debug, Clone, Copy)]
pub(super) enum Constraint {
    LengthMax(u64),
    LengthMin(u64),
    Pattern(&'static str),
    Values(&'static [&'static str]),
    Max(i64),
    Min(i64),
    FloatMax(f64),
    FloatMin(f64),
}

/// What of a value constraints look at.
#[derive(Clone, Copy)]
pub(super) enum Seen<'a> {
    Text(&'a str),
    /// How many bytes, elements or entries there are.
    Length(usize),
    Integer(i64),
    Float(f64),
    Other,
}

impl<'a> Seen<'a> {
    pub(super) fn of(value: &'a Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text),
            Value::Blob(bytes) => Self::Length(bytes.len()),
            Value::List(elements) => Self::Length(elements.len()),
            Value::Map(entries) => Self::Length(entries.len()),
            Value::Integer(number) => Self::Integer(*number),
            Value::Float(number) => Self::Float(*number),
            Value::Boolean(_) | Value::Structure(_) => Self::Other,
        }
    }

    /// Java counts characters beyond the first plane twice; Smithy says that a character is one.
    fn length(self) -> Option<u64> {
        let length = match self {
            Self::Text(text) => text.chars().count(),
            Self::Length(length) => length,
            _ => return None,
        };
        u64::try_from(length).ok()
    }
}

impl Constraint {
    /// Whether a value is within it. A value of another type is not this one's affair.
    pub(super) fn holds(&self, seen: Seen<'_>) -> bool {
        match (self, seen) {
            (Self::LengthMax(max), seen) => seen.length().is_none_or(|length| length <= *max),
            (Self::LengthMin(min), seen) => seen.length().is_none_or(|length| length >= *min),
            (Self::Pattern(text), Seen::Text(value)) => pattern::matches(text, value),
            (Self::Values(values), Seen::Text(value)) => values.contains(&value),
            (Self::Max(max), Seen::Integer(value)) => value <= *max,
            (Self::Min(min), Seen::Integer(value)) => value >= *min,
            // What is not a number is neither within nor without: it is not within.
            (Self::FloatMax(max), Seen::Float(value)) => value <= *max,
            (Self::FloatMin(min), Seen::Float(value)) => value >= *min,
            _ => true,
        }
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at_most = "less than or equal to";
        let at_least = "greater than or equal to";
        match self {
            Self::LengthMax(max) => write!(f, "Member must have length {at_most} {max}"),
            Self::LengthMin(min) => write!(f, "Member must have length {at_least} {min}"),
            Self::Pattern(text) => {
                write!(f, "Member must satisfy regular expression pattern: {text}")
            }
            Self::Values(values) => {
                let shown = shown(values).join(", ");
                write!(f, "Member must satisfy enum value set: [{shown}]")
            }
            Self::Max(max) => write!(f, "Member must have value {at_most} {max}"),
            Self::Min(min) => write!(f, "Member must have value {at_least} {min}"),
            Self::FloatMax(max) => write!(f, "Member must have value {at_most} {max:?}"),
            Self::FloatMin(min) => write!(f, "Member must have value {at_least} {min:?}"),
        }
    }
}

/// The values of an enumeration in the order in which AWS shows them, where that is not the model's: it
/// is that of a set in the service, and known only where it was seen (the types of parameters: moto's
/// tests of Systems Manager).
fn shown<'a>(values: &'a [&'static str]) -> &'a [&'static str] {
    const SEEN: [&[&str]; 1] = [&["SecureString", "StringList", "String"]];
    let same = |seen: &&&[&str]| {
        seen.len() == values.len() && seen.iter().all(|value| values.contains(value))
    };
    SEEN.iter().find(same).copied().unwrap_or(values)
}

/// The constraints of a shape, in the order in which AWS says that they are broken: of an empty
/// string the pattern before the length, of one that is too long the length before the pattern.
pub(super) fn constraints(shape: &Shape) -> impl Iterator<Item = Constraint> + use<> {
    let length = |range: &Range<u64>| {
        [range.max.map(Constraint::LengthMax), None, range.min.map(Constraint::LengthMin), None]
    };
    let all = match &shape.kind {
        Kind::List { length: range, .. }
        | Kind::Map { length: range, .. }
        | Kind::Blob { length: range } => length(range),
        Kind::String { length: range, pattern, values } => {
            let [max, _, min, _] = length(range);
            let pattern = Some(*pattern).filter(|pattern| !pattern.is_empty());
            let values = Some(*values).filter(|values| !values.is_empty());
            [max, pattern.map(Constraint::Pattern), min, values.map(Constraint::Values)]
        }
        Kind::Integer(range) | Kind::Long(range) => {
            [range.max.map(Constraint::Max), None, range.min.map(Constraint::Min), None]
        }
        Kind::Float(range) => {
            [range.max.map(Constraint::FloatMax), None, range.min.map(Constraint::FloatMin), None]
        }
        Kind::Structure(_) | Kind::Boolean | Kind::Timestamp(_) => [None; 4],
    };
    all.into_iter().flatten()
}

/// The constraints of a shape in the order in which AWS lists them all: lengths before the pattern.
pub(super) fn listed(shape: &Shape) -> Vec<Constraint> {
    let mut all: Vec<_> = constraints(shape).collect();
    all.sort_by_key(|constraint| {
        matches!(constraint, Constraint::Pattern(_) | Constraint::Values(_))
    });
    all
}
