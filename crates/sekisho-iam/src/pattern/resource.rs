//! Patterns of the `Resource` element.
//!
//! Wildcards stand within the fields of an ARN; a `*` that is the last character of its field "can
//! expand to match beyond the colon boundaries". So `arn:aws:s3:::*` and `arn:aws:*` do what their
//! authors mean, while `arn:aws:iam::1*1:role/x` stays within the account. Variables stand only after
//! the fifth colon; before it they are literal text, which no real ARN contains.
//!
//! Source: IAM User Guide, "IAM JSON policy elements: Resource".

use super::pieces::Pieces;
use super::{Pattern, Piece, Syntax};

/// The fields of an ARN before the last.
const FIRST_FIELDS: usize = 5;

impl Pattern {
    /// Compiles a text of a `Resource` element.
    pub fn of_resource(text: &str, variables: bool) -> Self {
        let mut pieces = Pieces::default();
        let mut fields = text.splitn(FIRST_FIELDS + 1, ':').enumerate().peekable();
        while let Some((index, field)) = fields.next() {
            if index == FIRST_FIELDS {
                pieces.read(field, Syntax { wildcards: true, variables });
            } else {
                read_first_field(&mut pieces, field);
            }
            if fields.peek().is_some() {
                pieces.literal(':');
            }
        }
        Self { pieces: pieces.finish() }
    }
}

fn read_first_field(pieces: &mut Pieces, field: &str) {
    let last = field.chars().count().saturating_sub(1);
    for (at, character) in field.chars().enumerate() {
        match character {
            '*' if at == last => pieces.any_run(),
            '*' => pieces.wild(Piece::AnyRunInField),
            '?' => pieces.wild(Piece::AnyOneInField),
            other => pieces.literal(other),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;

    fn matches(pattern: &str, text: &str) -> bool {
        let mut context = Context::new();
        context.set("aws:username", "alice");
        Pattern::of_resource(pattern, true).matches(text, &context)
    }

    #[test]
    fn only_a_star_at_the_end_of_its_field_crosses_colons() {
        let user = "arn:aws:iam::111111111111:user/alice";
        for (pattern, expected) in [
            ("*", true),
            ("arn:*", true),
            ("arn:aws:iam:*", true),
            ("arn:aws:iam::*:user/alice", true),
            ("arn:aws:*:user/alice", true),
            ("arn:aws:i*m::111111111111:user/*", true),
            ("arn:aws:i*1:user/alice", false),
            ("arn:a*s:iam::111111111111:user/alice", true),
            ("arn:a*m::111111111111:user/alice", false),
            ("arn:aws:iam:?111111111111:user/alice", false),
            ("arn:aws:iam::11111111111?:user/al?ce", true),
            ("arn:aws:iam::111111111111:user/${aws:username}", true),
            ("arn:aws:iam::${aws:username}:user/alice", false),
        ] {
            assert_eq!(matches(pattern, user), expected, "{pattern}");
        }
    }

    #[test]
    fn a_star_that_crosses_is_tried_again_after_one_that_does_not() {
        assert!(matches("a*:b*c:d", "a:b:bxc:d"));
        assert!(!matches("a*:b*c:d", "a:b:bx:c:d"));
        assert!(matches("a*:x*y*z:d", "aq:xyyzz:xyz:d"));
    }

    #[test]
    fn the_last_field_may_hold_colons() {
        let stream = "arn:aws:logs:us-east-1:111111111111:log-group:/a:log-stream:b";
        assert!(matches("arn:aws:logs:*:111111111111:log-group:/a:*", stream));
        assert!(matches("arn:aws:logs:us-east-1:111111111111:log-group:*:b", stream));
        assert!(matches("arn:aws:logs:us-east-1:111111111111:*-stream:b", stream));
    }

    #[test]
    fn shapes_of_the_guide() {
        let pattern = "arn:aws:s3:::amzn-s3-demo-bucket/*/test/*";
        for (key, expected) in [
            ("1/test/object.jpg", true),
            ("1/2/test/3/object.jpg", true),
            ("1///test///object.jpg", true),
            ("/test/object.jpg", true),
            ("1/test/", true),
            ("1-test/object.jpg", false),
            ("test/object.jpg", false),
            ("1/2/test.jpg", false),
        ] {
            let text = format!("arn:aws:s3:::amzn-s3-demo-bucket/{key}");
            assert_eq!(matches(pattern, &text), expected, "{key}");
        }
    }
}
