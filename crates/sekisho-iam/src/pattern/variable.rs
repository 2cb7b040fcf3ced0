//! Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'company-wide'}`.
//!
//! Source: IAM User Guide, "IAM policy elements: Variables and tags".

use crate::context::Context;

/// Where variables take their values from.
pub trait Variables {
    /// The value of a single-valued key, given in lower case.
    fn value(&self, lower: &str) -> Option<&str>;
}

impl Variables for Context {
    fn value(&self, lower: &str) -> Option<&str> {
        self.get_lower(lower)?.single()
    }
}

/// For patterns that were compiled without variables.
pub struct NoVariables;

impl Variables for NoVariables {
    fn value(&self, _: &str) -> Option<&str> {
        None
    }
}

/// A variable: its key in lower case and the text it has where the request lacks the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    key: Box<str>,
    default: Option<Box<str>>,
}

impl Variable {
    pub(super) fn value<'a>(&'a self, variables: &'a impl Variables) -> Option<&'a str> {
        variables.value(&self.key).or(self.default.as_deref())
    }
}

/// What a `${…}` is.
pub(super) enum Found {
    Escaped(char),
    Variable(Variable),
}

/// Reads the `${…}` at the start of `text`; gives back how many bytes it has.
pub(super) fn read(text: &str) -> Option<(Found, usize)> {
    let (inside, _) = text.strip_prefix("${")?.split_once('}')?;
    let used = inside.len() + "${}".len();
    let found = match inside {
        "*" => Found::Escaped('*'),
        "?" => Found::Escaped('?'),
        "$" => Found::Escaped('$'),
        _ => Found::Variable(read_variable(inside)?),
    };
    Some((found, used))
}

fn read_variable(inside: &str) -> Option<Variable> {
    let (key, default) = match inside.split_once(',') {
        None => (inside, None),
        Some((key, default)) => {
            let text = default.trim().strip_prefix('\'')?.strip_suffix('\'')?;
            (key, Some(text.into()))
        }
    };
    let key = key.trim();
    let named = !key.is_empty() && !key.contains(['$', '{', '*', '?']);
    named.then(|| Variable { key: key.to_ascii_lowercase().into(), default })
}
