//! Decimal numbers of any length, compared exactly.
//!
//! IAM's numeric operators take integers and decimals as text; a float would lose digits of long
//! ones.

use std::cmp::Ordering;

/// A decimal number: its digits before and after the point, without idle zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number<T> {
    negative: bool,
    whole: T,
    fraction: T,
}

impl<'a> Number<&'a str> {
    /// Reads `-12`, `+0.5`, `007`. Neither exponents nor a bare point.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (digits, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: negative && !zero, whole, fraction })
    }

    pub(crate) fn to_owned(self) -> Number<Box<str>> {
        let Self { negative, whole, fraction } = self;
        Number { negative, whole: whole.into(), fraction: fraction.into() }
    }

    pub(crate) fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.cmp_size(other),
            (true, true) => other.cmp_size(self),
        }
    }

    /// Longer before the point is larger; of equal length the digits decide, and after the point
    /// they decide from the left.
    fn cmp_size(&self, other: &Self) -> Ordering {
        let whole = self.whole.len().cmp(&other.whole.len()).then(self.whole.cmp(other.whole));
        whole.then(self.fraction.cmp(other.fraction))
    }
}

impl Number<Box<str>> {
    pub(crate) fn as_ref(&self) -> Number<&str> {
        Number { negative: self.negative, whole: &self.whole, fraction: &self.fraction }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_exactly() {
        for (a, b, expected) in [
            ("1", "1.0", Ordering::Equal),
            ("-0", "0", Ordering::Equal),
            ("007", "7", Ordering::Equal),
            ("9", "10", Ordering::Less),
            ("-9", "-10", Ordering::Greater),
            ("0.15", "0.2", Ordering::Less),
            ("-1", "1", Ordering::Less),
            ("90071992547409931", "90071992547409930", Ordering::Greater),
        ] {
            let (left, right) = (Number::parse(a).unwrap(), Number::parse(b).unwrap());
            assert_eq!(left.cmp(&right), expected, "{a} and {b}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in ["", "-", "1e3", "1.", ".5", "0x1", "1 ", "NaN", "1,000"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }
}
