//! Condition operators: `ForAnyValue:StringNotLikeIfExists` and its kin.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition operators". Names are
//! case-insensitive there, as all condition operators are.

use std::fmt;

/// An operator in its three parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Operator {
    /// `ForAllValues:` or `ForAnyValue:`.
    pub set: Option<SetPrefix>,
    /// How a value of the request is compared with one of the policy.
    pub comparison: Comparison,
    /// `…IfExists`: true where the request has no such key.
    pub if_exists: bool,
}

/// How several values of a request are taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SetPrefix {
    /// Every value must match; true where there is none.
    ForAllValues,
    /// At least one value must match; false where there is none.
    ForAnyValue,
}

macro_rules! comparisons {
    ($($variant:ident),* $(,)?) => {
        /// How two values are compared.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the names are AWS's and stand in its list of operators")]
        pub enum Comparison { $($variant),* }

        impl Comparison {
            /// All of them, in AWS's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// AWS's name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),* }
            }
        }
    };
}

comparisons! {
    StringEquals, StringNotEquals, StringEqualsIgnoreCase, StringNotEqualsIgnoreCase, StringLike, StringNotLike,
    NumericEquals, NumericNotEquals, NumericLessThan, NumericLessThanEquals, NumericGreaterThan, NumericGreaterThanEquals,
    DateEquals, DateNotEquals, DateLessThan, DateLessThanEquals, DateGreaterThan, DateGreaterThanEquals,
    Bool, BinaryEquals, IpAddress, NotIpAddress,
    ArnEquals, ArnLike, ArnNotEquals, ArnNotLike,
    Null,
}

/// What the values of an operator are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueType {
    /// Text.
    String,
    /// Decimal numbers.
    Numeric,
    /// Points in time.
    Date,
    /// `true` and `false`.
    Bool,
    /// Bytes in base64.
    Binary,
    /// Addresses and ranges of them.
    IpAddress,
    /// ARNs.
    Arn,
    /// `true` and `false` about the key itself: whether it is absent.
    Null,
}

impl Comparison {
    /// What its values are.
    pub fn value_type(self) -> ValueType {
        use Comparison as C;
        match self {
            C::StringEquals
            | C::StringNotEquals
            | C::StringEqualsIgnoreCase
            | C::StringNotEqualsIgnoreCase
            | C::StringLike
            | C::StringNotLike => ValueType::String,
            C::NumericEquals
            | C::NumericNotEquals
            | C::NumericLessThan
            | C::NumericLessThanEquals
            | C::NumericGreaterThan
            | C::NumericGreaterThanEquals => ValueType::Numeric,
            C::DateEquals
            | C::DateNotEquals
            | C::DateLessThan
            | C::DateLessThanEquals
            | C::DateGreaterThan
            | C::DateGreaterThanEquals => ValueType::Date,
            C::Bool => ValueType::Bool,
            C::BinaryEquals => ValueType::Binary,
            C::IpAddress | C::NotIpAddress => ValueType::IpAddress,
            C::ArnEquals | C::ArnLike | C::ArnNotEquals | C::ArnNotLike => ValueType::Arn,
            C::Null => ValueType::Null,
        }
    }

    /// Whether the comparison holds where its values differ: `StringNotEquals`, `NotIpAddress` …
    pub fn is_negated(self) -> bool {
        use Comparison as C;
        matches!(
            self,
            C::StringNotEquals
                | C::StringNotEqualsIgnoreCase
                | C::StringNotLike
                | C::NumericNotEquals
                | C::DateNotEquals
                | C::NotIpAddress
                | C::ArnNotEquals
                | C::ArnNotLike
        )
    }

    /// Whether `${…}` in its values are policy variables: string and ARN operators only.
    pub fn takes_variables(self) -> bool {
        matches!(self.value_type(), ValueType::String | ValueType::Arn)
    }
}

impl Operator {
    /// Reads an operator's name, whatever its case. `None` where AWS has no such operator; `Null`
    /// does not take `IfExists`.
    pub fn parse(name: &str) -> Option<Self> {
        let (set, rest) = match name.split_once(':') {
            None => (None, name),
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("ForAllValues") => {
                (Some(SetPrefix::ForAllValues), rest)
            }
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("ForAnyValue") => {
                (Some(SetPrefix::ForAnyValue), rest)
            }
            Some(_) => return None,
        };
        let lower = rest.to_ascii_lowercase();
        let (base, if_exists) = match lower.strip_suffix("ifexists") {
            Some(base) => (base, true),
            None => (lower.as_str(), false),
        };
        let comparison = Comparison::ALL
            .iter()
            .copied()
            .find(|known| known.name().eq_ignore_ascii_case(base))?;
        let fits = comparison != Comparison::Null || !if_exists;
        fits.then_some(Self { set, comparison, if_exists })
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.set {
            Some(SetPrefix::ForAllValues) => f.write_str("ForAllValues:")?,
            Some(SetPrefix::ForAnyValue) => f.write_str("ForAnyValue:")?,
            None => {}
        }
        f.write_str(self.comparison.name())?;
        f.write_str(if self.if_exists { "IfExists" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_whatever_their_case_and_shown_as_aws_spells_them() {
        for name in [
            "StringEquals",
            "ForAnyValue:StringNotLikeIfExists",
            "Null",
            "ForAllValues:Null",
            "BoolIfExists",
        ] {
            assert_eq!(Operator::parse(&name.to_uppercase()).unwrap().to_string(), name);
        }
    }

    #[test]
    fn the_name_of_a_comparison_tells_the_type_of_its_values() {
        for comparison in Comparison::ALL {
            let named = format!("{:?}", comparison.value_type());
            assert!(comparison.name().contains(&named), "{comparison:?} and {named}");
        }
    }

    #[test]
    fn what_aws_does_not_have_is_none() {
        for name in
            ["", "Equals", "NullIfExists", "ForAnyValue:NullIfExists", "ForSome:Bool", "IfExists"]
        {
            assert_eq!(Operator::parse(name), None, "{name}");
        }
    }
}
