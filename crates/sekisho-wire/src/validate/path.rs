//! Where a value stands: `tags.1.member.key`. Written down only when there is something to say.

use std::fmt;

/// The way from the input to a value.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    /// The input itself.
    Top,
    /// A member of a structure.
    Member(&'a Path<'a>, &'static str),
    /// An element of a list, from 1.
    Element(&'a Path<'a>, usize),
    /// An entry of a map.
    Entry(&'a Path<'a>, &'a str),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => Ok(()),
            Self::Member(Self::Top, name) => f.write_str(&lower_camel(name)),
            Self::Member(of, name) => write!(f, "{of}.{}", lower_camel(name)),
            Self::Element(of, place) => write!(f, "{of}.{place}.member"),
            Self::Entry(of, key) => write!(f, "{of}.{key}.member"),
        }
    }
}

/// `KeyId` as `keyId`. Only the first letter changes: `SSEType` is `sSEType` in AWS's answers.
pub(super) fn lower_camel(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}
