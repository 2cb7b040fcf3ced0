//! The constraints of the models, and how AWS words them.

use std::fmt;

use super::pattern;
use crate::Value;

/// The longest value that is shown in an answer, in characters; AWS shows them whole, but nobody reads
/// a megabyte.
const SHOWN_CHARS_MAX: usize = 1_024;

/// One constraint of a shape.
#[derive(Debug, Clone, Copy)]
pub(super) enum Constraint<'a> {
    LengthMax(u64),
    LengthMin(u64),
    Pattern(&'static str),
    Values(&'a [&'static str]),
    Max(i64),
    Min(i64),
}

impl Constraint<'_> {
    /// Whether a value is within it. A value of another type is not this one's affair.
    pub(super) fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::LengthMax(max), value) => length(value).is_none_or(|length| length <= *max),
            (Self::LengthMin(min), value) => length(value).is_none_or(|length| length >= *min),
            (Self::Pattern(text), Value::Text(value)) => pattern::matches(text, value),
            (Self::Values(values), Value::Text(value)) => values.contains(&value.as_str()),
            (Self::Max(max), Value::Integer(value)) => value <= max,
            (Self::Min(min), Value::Integer(value)) => value >= min,
            _ => true,
        }
    }
}

impl fmt::Display for Constraint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LengthMax(max) => {
                write!(f, "Member must have length less than or equal to {max}")
            }
            Self::LengthMin(min) => {
                write!(f, "Member must have length greater than or equal to {min}")
            }
            Self::Pattern(text) => {
                write!(f, "Member must satisfy regular expression pattern: {text}")
            }
            Self::Values(values) => {
                write!(f, "Member must satisfy enum value set: [{}]", values.join(", "))
            }
            Self::Max(max) => write!(f, "Member must have value less than or equal to {max}"),
            Self::Min(min) => write!(f, "Member must have value greater than or equal to {min}"),
        }
    }
}

fn length(value: &Value) -> Option<u64> {
    let length = match value {
        Value::Text(text) => text.chars().count(),
        Value::Blob(bytes) => bytes.len(),
        Value::List(elements) => elements.len(),
        Value::Map(entries) => entries.len(),
        _ => return None,
    };
    u64::try_from(length).ok()
}

/// A value in an answer.
pub(super) fn shown(value: &Value) -> String {
    let text = match value {
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => {
            format!("java.nio.HeapByteBuffer[pos=0 lim={0} cap={0}]", bytes.len())
        }
        Value::List(elements) => {
            format!("[{}]", elements.iter().map(shown).collect::<Vec<_>>().join(", "))
        }
        Value::Map(entries) => {
            let entry = |(key, value): (&String, &Value)| format!("{key}={}", shown(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::Structure(_) => "{}".to_owned(),
    };
    text.chars().take(SHOWN_CHARS_MAX).collect()
}
