//! What can be wrong with a body before its values are looked at, and the bounds of what is read.

use crate::model::{Kind, Shape};

/// How deep structures, lists and maps may stand in each other. The deepest that AWS's models
/// reach without shapes that contain themselves is below 20.
pub const NESTING_MAX: usize = 100;

/// How many values a body may have. `PutMetricData`, the widest of the requests served, takes
/// 1,000 metrics with 150 values and 150 counts each.
pub const ELEMENTS_MAX: usize = 400_000;

/// The code of the error that answers an unreadable body.
pub const SERIALIZATION_EXCEPTION: &str = "SerializationException";

/// Why a body is not a value of a shape. AWS answers with `SerializationException` and the message,
/// or with no message where the body is not even of the protocol's form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The bytes are not what the protocol writes: broken JSON, broken CBOR, too deep.
    #[error("the body cannot be read")]
    Malformed,
    /// More than [`ELEMENTS_MAX`] values.
    #[error("the body has more than {ELEMENTS_MAX} values")]
    TooLarge,
    /// A value is not of its shape's kind; in AWS's words.
    #[error("{0}")]
    Mismatch(String),
}

/// A value that its shape cannot hold: a defect of who made it, not of the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    /// The structure has a member that the model does not know.
    #[error("`{shape}` of the model has no member `{member}`")]
    UnknownMember {
        /// The structure.
        shape: &'static str,
        /// The member.
        member: &'static str,
    },
    /// The value is of another kind.
    #[error("the value is not of the kind of `{shape}` of the model")]
    OtherKind {
        /// The shape.
        shape: &'static str,
    },
    /// The model refers to a shape that it does not have.
    #[error("the model has no such shape")]
    UnknownShape,
}

impl Unreadable {
    /// The message in AWS's answer.
    pub fn message(&self) -> Option<String> {
        match self {
            Self::Malformed => None,
            Self::TooLarge | Self::Mismatch(_) => Some(self.to_string()),
        }
    }

    /// AWS's words for a value of one kind where another is wanted. Collected from public bug
    /// reports and from tests of others that were run against AWS: for structures and lists `Start
    /// of … found where not expected` (with and without a full stop), for scalars where a
    /// collection is wanted `Expected … or null`, else `… can not be converted to …`.
    pub(crate) fn mismatch(found: Found, wanted: &Shape) -> Self {
        Self::Mismatch(match (found, &wanted.kind) {
            (Found::List, _) => "Start of list found where not expected".to_owned(),
            (Found::Structure, _) => {
                "Start of structure or map found where not expected.".to_owned()
            }
            (_, Kind::Structure(_)) => "Expected null".to_owned(),
            (_, Kind::List { .. }) => "Expected list or null".to_owned(),
            (_, Kind::Map { .. }) => "Expected map or null".to_owned(),
            (_, kind) => format!("{} can not be converted to {}", found.token(), noun(kind)),
        })
    }
}

/// What a body has where a value is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Found {
    Null,
    True,
    False,
    Number,
    Decimal,
    String,
    Bytes,
    List,
    Structure,
}

impl Found {
    pub(crate) fn boolean(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }

    fn token(self) -> &'static str {
        match self {
            Self::Null => "NULL_VALUE",
            Self::True => "TRUE_VALUE",
            Self::False => "FALSE_VALUE",
            Self::Number => "NUMBER_VALUE",
            Self::Decimal => "DECIMAL_VALUE",
            Self::String => "STRING_VALUE",
            Self::Bytes => "BINARY_VALUE",
            Self::List => "START_ARRAY",
            Self::Structure => "START_OBJECT",
        }
    }
}

fn noun(kind: &Kind) -> &'static str {
    match kind {
        Kind::Structure(_) => "a Structure",
        Kind::List { .. } => "a List",
        Kind::Map { .. } => "a Map",
        Kind::String { .. } => "a String",
        Kind::Blob { .. } => "a Blob",
        Kind::Boolean => "a Boolean",
        Kind::Integer(_) => "an Integer",
        Kind::Long(_) => "a Long",
        Kind::Float(_) => "a Double",
        Kind::Timestamp(_) => "a Timestamp",
    }
}
