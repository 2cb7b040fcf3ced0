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
    fn named(key: &str, default: Option<&str>) -> Self {
        Self { key: key.to_ascii_lowercase().into(), default: default.map(Into::into) }
    }

    pub(super) fn value<'a>(&'a self, variables: &'a impl Variables) -> Option<&'a str> {
        variables.value(&self.key).or(self.default.as_deref())
    }
}

/// What a `${…}` is.
pub(super) enum Found {
    Escaped(char),
    Variable(Variable),
}

/// Reads the `${…}` at the start of `text`; gives back how many bytes it has. What is malformed (no
/// closing brace, a default not of the form `, 'text'`) is a variable that never has a value.
pub(super) fn read(text: &str) -> Option<(Found, usize)> {
    let behind = text.strip_prefix("${")?;
    let Some((inside, _)) = behind.split_once('}') else {
        return Some((Found::Variable(Variable::named("", None)), text.len()));
    };
    let found = match inside {
        "*" => Found::Escaped('*'),
        "?" => Found::Escaped('?'),
        "$" => Found::Escaped('$'),
        _ => Found::Variable(read_variable(inside)),
    };
    Some((found, inside.len() + "${}".len()))
}

fn read_variable(inside: &str) -> Variable {
    let with_default = inside.strip_suffix('\'').and_then(|text| text.split_once(", '"));
    match with_default {
        Some((key, default)) => Variable::named(key, Some(default)),
        None => Variable::named(inside, None),
    }
}
