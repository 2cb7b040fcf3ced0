//! Patterns of ARNs in conditions: six fields matched one by one, so that a wildcard does not cross a
//! colon of the first five.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Condition operators" (ARN operators: "each of
//! the six colon-delimited components of the ARN is checked separately"). The `Resource` element has
//! rules of its own: [`Pattern::of_resource`].

use super::{Pattern, Syntax, Variables};

/// A compiled pattern of ARNs; `None` where the text has fewer than six fields and matches nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArnPattern(Option<Box<[Pattern; FIELDS]>>);

/// The fields of an ARN.
const FIELDS: usize = 6;

impl ArnPattern {
    /// Compiles `text`. The colons of variables separate no fields.
    pub fn compile(text: &str, variables: bool) -> Self {
        let syntax = Syntax { wildcards: true, variables };
        let fields = fields(text, variables).map(|field| Pattern::compile(field, syntax));
        Self(fields.collect::<Vec<_>>().try_into().ok().map(Box::new))
    }

    /// Whether `text` has six fields and each matches.
    pub fn matches(&self, text: &str, variables: &impl Variables) -> bool {
        let mut fields = text.splitn(FIELDS, ':');
        self.0.iter().any(|patterns| {
            patterns
                .iter()
                .all(|pattern| fields.next().is_some_and(|field| pattern.matches(field, variables)))
        })
    }
}

/// Splits at the first five colons outside of `${…}`.
fn fields(text: &str, variables: bool) -> impl Iterator<Item = &str> {
    let (mut inside, mut before, mut colons) = (false, ' ', 1);
    text.split(move |character| {
        let opens = variables && before == '$' && character == '{';
        inside = opens || (inside && character != '}');
        before = character;
        let ends = character == ':' && !inside && colons < FIELDS;
        colons += usize::from(ends);
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;

    fn matches(pattern: &str, text: &str) -> bool {
        let mut context = Context::new();
        context.set("aws:username", "alice");
        context.set("aws:PrincipalAccount", "111111111111");
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
            ("arn:aws:iam::${aws:PrincipalAccount}:user/alice", true),
            ("arn:aws:iam:{:111111111111:user/alice", false),
        ] {
            assert_eq!(matches(pattern, user), expected, "{pattern}");
        }
    }

    #[test]
    fn a_brace_alone_hides_no_colon() {
        let written = "arn:{x:iam:y}:111111111111:user/alice";
        assert!(matches(written, written));
        assert!(matches("arn:*:iam:y}:*:user/alice", written));
    }

    #[test]
    fn the_sixth_field_may_hold_colons() {
        let stream = "arn:aws:logs:us-east-1:111111111111:log-group:/a:log-stream:b";
        assert!(matches("arn:aws:logs:*:111111111111:log-group:/a:*", stream));
        assert!(matches("arn:aws:logs:*:*:*:b", stream));
    }
}
