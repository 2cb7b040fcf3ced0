//! Patterns of ARNs in conditions: six fields matched one by one, so that a wildcard does not cross a
//! colon of the first five.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition operators" (ARN operators: "each of
//! the six colon-delimited components of the ARN is checked separately"). The `Resource` element has
//! rules of its own: [`Pattern::of_resource`].

use super::{Pattern, Syntax, Variables};

/// A compiled pattern of ARNs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArnPattern {
    /// The first five fields are literal: the whole is one pattern, which cannot go astray.
    Whole(Pattern),
    /// Six patterns.
    Fields(Box<[Pattern; 6]>),
    /// No ARN: matches nothing.
    Nothing,
}

impl ArnPattern {
    /// Compiles `text`. Variables stand only after the fifth colon; before it they are literal text,
    /// which no real ARN contains.
    pub fn compile(text: &str, variables: bool) -> Self {
        let mut fields = text.splitn(6, ':');
        let mut next = || fields.next();
        let (Some(a), Some(b), Some(c), Some(d), Some(e), Some(resource)) =
            (next(), next(), next(), next(), next(), next())
        else {
            return Self::Nothing;
        };
        let head = Syntax { wildcards: true, variables: false };
        let tail = Syntax { wildcards: true, variables };
        let first = [a, b, c, d, e];
        if first.iter().any(|field| field.contains(['*', '?', '$'])) {
            let [a, b, c, d, e] = first.map(|field| Pattern::compile(field, head));
            return Self::Fields(Box::new([a, b, c, d, e, Pattern::compile(resource, tail)]));
        }
        Self::Whole(Pattern::compile(text, tail))
    }

    /// Whether `text` matches.
    pub fn matches(&self, text: &str, variables: &impl Variables) -> bool {
        match self {
            Self::Whole(pattern) => pattern.matches(text, variables),
            Self::Fields(patterns) => {
                let mut fields = text.splitn(6, ':');
                patterns.iter().all(|pattern| {
                    fields.next().is_some_and(|field| pattern.matches(field, variables))
                })
            }
            Self::Nothing => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;

    fn matches(pattern: &str, text: &str) -> bool {
        let mut context = Context::new();
        context.set("aws:username", "alice");
        ArnPattern::compile(pattern, true).matches(text, &context)
    }

    #[test]
    fn a_wildcard_does_not_cross_a_colon_of_the_first_five() {
        let user = "arn:aws:iam::111111111111:user/alice";
        for (pattern, expected) in [
            ("*", false),
            (user, true),
            ("arn:aws:iam::111111111111:user/*", true),
            ("arn:aws:iam::*:user/alice", true),
            ("arn:aws:iam::*:*", true),
            ("arn:*:*:*:*:*", true),
            ("arn:*", false),
            ("arn:aws:*:user/alice", false),
            ("arn:aws:i*:111111111111:user/alice", false),
            ("arn:aws:iam::11111111111?:user/al?ce", true),
            ("arn:aws:iam::111111111111:user/${aws:username}", true),
            ("arn:aws:iam::*:user/${aws:username}", true),
            ("arn:aws:iam::${aws:username}:user/alice", false),
        ] {
            assert_eq!(matches(pattern, user), expected, "{pattern}");
        }
    }

    #[test]
    fn the_sixth_field_may_hold_colons() {
        let stream = "arn:aws:logs:us-east-1:111111111111:log-group:/a:log-stream:b";
        assert!(matches("arn:aws:logs:*:111111111111:log-group:/a:*", stream));
        assert!(matches("arn:aws:logs:*:*:*:b", stream));
    }
}
