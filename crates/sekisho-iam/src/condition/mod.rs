//! Compiled conditions: whether what a statement asks of a request's condition keys holds.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition operators", "Conditions with multiple
//! context keys or values", "Single-valued vs. multivalued context keys". The rules, each with its
//! truth table in `tests/truth/conditions-*.md`:
//!
//! - Conditions of a statement are joined by AND, the values of one condition by OR; of a negated
//!   operator none may match.
//! - An absent key makes a condition false; true for negated operators, for `…IfExists` and for
//!   `ForAllValues:`; false for `ForAnyValue:` whatever the operator.
//! - A multivalued key needs a set operator. Without one, several values hold for nothing in an Allow,
//!   and in a Deny if one of them does; one value counts as single, none as absent.
//! - Values that are all empty texts are no values, for set operators and for `Null`.
//! - `ForAllValues:Null` always holds and `ForAnyValue:Null` never does.
//! - What is not a value of the operator's type, or holds a variable without a value, matches nothing
//!   (and so fulfils a negated operator).

pub(crate) mod date;
pub(crate) mod ip;
pub(crate) mod number;

use crate::context::{Context, ContextValue};
use crate::document::{Comparison, Condition as Written, Effect, Operator, SetPrefix};
use crate::pattern::{ArnPattern, Pattern, Syntax};

use date::Date;
use ip::IpRange;
use number::Number;

/// A compiled condition. Asking it allocates nothing.
#[derive(Debug, Clone)]
pub(crate) struct Condition {
    operator: Operator,
    key: Box<str>,
    values: Values,
    /// Of a Deny statement: in doubt it holds.
    of_deny: bool,
}

/// The values of a condition, read once for the operator's type. What could not be read is left
/// out: it matches nothing.
#[derive(Debug, Clone)]
enum Values {
    Text(Box<[Pattern]>),
    Arn(Box<[ArnPattern]>),
    Number(Box<[Number<Box<str>>]>),
    Date(Box<[Date]>),
    Bool(Box<[bool]>),
    Binary(Box<[Box<str>]>),
    Ip(Box<[IpRange]>),
}

impl Condition {
    /// Compiles a condition of a statement with this effect; `variables` says whether the policy's
    /// version has them.
    pub(crate) fn compile(written: &Written, effect: Effect, variables: bool) -> Self {
        let texts = written.values.iter().map(|value| &*value.text);
        let values = Values::compile(written.operator.comparison, texts, variables);
        let key = written.key.text.to_ascii_lowercase().into();
        Self { operator: written.operator, key, values, of_deny: effect == Effect::Deny }
    }

    /// Whether it holds for these condition keys.
    pub(crate) fn holds(&self, context: &Context) -> bool {
        let got = context.get_lower(&self.key);
        if let (Comparison::Null, Values::Bool(wanted)) = (self.operator.comparison, &self.values) {
            return match self.operator.set {
                None => wanted.contains(&got.is_none_or(is_empty)),
                Some(set) => set == SetPrefix::ForAllValues,
            };
        }
        match got {
            None => self.holds_when_absent(),
            Some(value) => self.holds_for(value, context),
        }
    }

    /// The values that the request carries for the key of this condition.
    pub(crate) fn got<'a>(&self, context: &'a Context) -> Option<&'a ContextValue> {
        context.get_lower(&self.key)
    }

    fn holds_when_absent(&self) -> bool {
        match self.operator.set {
            _ if self.operator.if_exists => true,
            Some(SetPrefix::ForAllValues) => true,
            Some(SetPrefix::ForAnyValue) => false,
            None => self.operator.comparison.is_negated(),
        }
    }

    fn holds_for(&self, value: &ContextValue, context: &Context) -> bool {
        let mut admitted = value.values().iter().map(|value| self.admits(value, context));
        match (self.operator.set, value.values()) {
            (Some(SetPrefix::ForAllValues), _) => is_empty(value) || admitted.all(|one| one),
            (Some(SetPrefix::ForAnyValue), _) => !is_empty(value) && admitted.any(|one| one),
            (None, []) => self.holds_when_absent(),
            (None, [one]) => self.admits(one, context),
            (None, _) => self.of_deny && admitted.any(|one| one),
        }
    }

    /// Whether one value of the request passes: it matches one value of the policy, or none of them
    /// for a negated operator.
    fn admits(&self, value: &str, context: &Context) -> bool {
        self.values.any_matches(self.operator.comparison, value, context)
            != self.operator.comparison.is_negated()
    }
}

/// Whether a key is there without a value worth the name.
fn is_empty(value: &ContextValue) -> bool {
    value.values().iter().all(|value| value.is_empty())
}

impl Values {
    fn compile<'a>(
        comparison: Comparison,
        texts: impl Iterator<Item = &'a str>,
        variables: bool,
    ) -> Self {
        use Comparison as C;
        match comparison {
            C::StringEquals
            | C::StringNotEquals
            | C::StringEqualsIgnoreCase
            | C::StringNotEqualsIgnoreCase => {
                let syntax = Syntax { wildcards: false, variables };
                Self::Text(texts.map(|text| Pattern::compile(text, syntax)).collect())
            }
            C::StringLike | C::StringNotLike => {
                let syntax = Syntax { wildcards: true, variables };
                Self::Text(texts.map(|text| Pattern::compile(text, syntax)).collect())
            }
            C::ArnEquals | C::ArnLike | C::ArnNotEquals | C::ArnNotLike => {
                Self::Arn(texts.map(|text| ArnPattern::compile(text, variables)).collect())
            }
            C::NumericEquals
            | C::NumericNotEquals
            | C::NumericLessThan
            | C::NumericLessThanEquals
            | C::NumericGreaterThan
            | C::NumericGreaterThanEquals => {
                Self::Number(texts.filter_map(Number::parse).map(Number::to_owned).collect())
            }
            C::DateEquals
            | C::DateNotEquals
            | C::DateLessThan
            | C::DateLessThanEquals
            | C::DateGreaterThan
            | C::DateGreaterThanEquals => Self::Date(texts.filter_map(Date::parse).collect()),
            C::Bool | C::Null => Self::Bool(texts.filter_map(read_bool).collect()),
            C::BinaryEquals => {
                Self::Binary(texts.filter(|text| is_base64(text)).map(Into::into).collect())
            }
            C::IpAddress | C::NotIpAddress => Self::Ip(texts.filter_map(IpRange::parse).collect()),
        }
    }

    /// Whether `value` matches one of these values; the negation of an operator is left to the caller.
    fn any_matches(&self, comparison: Comparison, value: &str, context: &Context) -> bool {
        use Comparison as C;
        match self {
            Self::Text(patterns) => match comparison {
                C::StringEqualsIgnoreCase | C::StringNotEqualsIgnoreCase => {
                    patterns.iter().any(|one| one.equals_ignoring_case(value, context))
                }
                _ => patterns.iter().any(|one| one.matches(value, context)),
            },
            Self::Arn(patterns) => patterns.iter().any(|one| one.matches(value, context)),
            Self::Number(numbers) => Number::parse(value).is_some_and(|got| {
                numbers.iter().any(|wanted| ordered(comparison, got.cmp(&wanted.as_ref())))
            }),
            Self::Date(dates) => Date::parse(value)
                .is_some_and(|got| dates.iter().any(|wanted| ordered(comparison, got.cmp(wanted)))),
            Self::Bool(wanted) => read_bool(value).is_some_and(|got| wanted.contains(&got)),
            Self::Binary(wanted) => wanted.iter().any(|one| **one == *value),
            Self::Ip(ranges) => ip::parse_address(value)
                .is_some_and(|address| ranges.iter().any(|range| range.contains(address))),
        }
    }
}

/// Whether an ordering is what the operator wants; `…NotEquals` wants equality, and is negated later.
fn ordered(comparison: Comparison, ordering: std::cmp::Ordering) -> bool {
    use Comparison as C;
    match comparison {
        C::NumericLessThan | C::DateLessThan => ordering.is_lt(),
        C::NumericLessThanEquals | C::DateLessThanEquals => ordering.is_le(),
        C::NumericGreaterThan | C::DateGreaterThan => ordering.is_gt(),
        C::NumericGreaterThanEquals | C::DateGreaterThanEquals => ordering.is_ge(),
        _ => ordering.is_eq(),
    }
}

pub(crate) fn read_bool(text: &str) -> Option<bool> {
    [true, false]
        .into_iter()
        .find(|known| text.eq_ignore_ascii_case(if *known { "true" } else { "false" }))
}

/// Whether `text` is base64 as encoders write it, so that equal bytes are equal texts.
pub(crate) fn is_base64(text: &str) -> bool {
    let bytes = text.as_bytes();
    let body = text.trim_end_matches('=');
    let padding = bytes.len() - body.len();
    let letters =
        body.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/');
    letters && bytes.len().is_multiple_of(4) && padding <= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Text;
    use sekisho_tree::Span;

    #[test]
    fn null_with_a_set_operator_is_a_constant() {
        let text = |text: &str| Text { text: text.into(), span: Span::default() };
        let mut tagged = Context::new();
        tagged.set_many("aws:TagKeys", ["a", "b"]);
        for (operator, holds) in [("ForAllValues:Null", true), ("ForAnyValue:Null", false)] {
            for wanted in ["true", "false", "neither"] {
                let written = Written {
                    operator: Operator::parse(operator).unwrap(),
                    operator_span: Span::default(),
                    key: text("aws:TagKeys"),
                    values: vec![text(wanted)],
                };
                let condition = Condition::compile(&written, Effect::Deny, true);
                assert_eq!(condition.holds(&tagged), holds, "{operator} {wanted}");
                assert_eq!(condition.holds(&Context::new()), holds, "{operator} {wanted}");
            }
        }
    }
}
