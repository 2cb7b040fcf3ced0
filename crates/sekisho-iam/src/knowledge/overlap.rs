//! Whether two patterns have a string in common.
//!
//! A `Resource` element is a pattern, and so is the ARN format of a resource type. A statement can
//! reach a resource of that type only if some string fits both. "Could it ever?" is the question,
//! so whatever is not known counts as yes: a policy variable (`${aws:username}`) stands for any
//! text, as `*` does.
//!
//! Source: "IAM JSON policy elements: Resource" and "IAM policy elements: Variables and tags",
//! IAM User Guide.

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// This character.
    One(char),
    /// `?`: any one character.
    Any,
    /// `*` or a placeholder: any text, also none, without this character.
    Run {
        /// The character it never holds, if there is one.
        without: Option<char>,
    },
}

/// The most steps that are walked, about a hundredth of a second. A `Resource` of the longest
/// policy (20,480 characters) against the longest ARN format stays below.
const STEPS_MAX: usize = 1 << 23;

/// The pieces of a pattern that a person wrote. Of the escapes `${*}`, `${?}` and `${$}` each is the
/// character itself; every other `${…}` is a policy variable.
pub(crate) fn pattern_pieces(pattern: &str) -> Vec<Piece> {
    pieces(pattern, |name| match name {
        "*" | "?" | "$" => name.chars().next().map_or(Piece::Any, Piece::One),
        _ => Piece::Run { without: None },
    })
}

/// The pieces of an ARN format of the service authorization reference. Partition, Region and
/// account never hold a colon, and the name of a bucket never holds a slash: without that,
/// `arn:aws:s3:::bucket/*` could be a bucket.
pub(crate) fn format_pieces(format: &str) -> Vec<Piece> {
    pieces(format, |name| {
        let without = match name {
            "Partition" | "Region" | "Account" => Some(':'),
            "BucketName" => Some('/'),
            _ => None,
        };
        Piece::Run { without }
    })
}

fn pieces(text: &str, placeholder: impl Fn(&str) -> Piece) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let named = rest.strip_prefix("${").and_then(|after| after.split_once('}'));
        let (piece, after) = match (first, named) {
            (_, Some((name, after))) => (placeholder(name), after),
            ('*', _) => (Piece::Run { without: None }, tail(rest)),
            ('?', _) => (Piece::Any, tail(rest)),
            (character, _) => (Piece::One(character), tail(rest)),
        };
        pieces.push(piece);
        rest = after;
    }
    pieces
}

fn tail(text: &str) -> &str {
    let mut characters = text.chars();
    characters.next();
    characters.as_str()
}

impl Piece {
    fn is_run(self) -> bool {
        matches!(self, Self::Run { .. })
    }

    /// Whether this is a run that can hold what the other, a single character, stands for.
    fn holds(self, other: Self) -> bool {
        match (self, other) {
            (Self::Run { without }, Self::One(character)) => without != Some(character),
            (Self::Run { .. }, Self::Any) => true,
            _ => false,
        }
    }

    /// Whether two single characters can be the same.
    fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::One(one), Self::One(other)) => one == other,
            _ => !self.is_run() && !other.is_run(),
        }
    }
}

/// Whether some string fits both patterns.
///
/// This walks the table of pairs (a place in one pattern, a place in the other) that one string can
/// lead to, row by row, and ends at the first empty row. Patterns so long that the table would not
/// be walked in reasonable time count as overlapping.
pub(crate) fn overlap(one: &[Piece], other: &[Piece]) -> bool {
    if one.len().saturating_mul(other.len()) > STEPS_MAX {
        return true;
    }
    let mut row = vec![false; other.len() + 1];
    let mut next = row.clone();
    mark(&mut row, 0);
    for here in one {
        next.fill(false);
        step(*here, other, &mut row, &mut next);
        std::mem::swap(&mut row, &mut next);
        if !row.contains(&true) {
            return false;
        }
    }
    // What is left of the other pattern must be runs, which then hold nothing.
    let runs = other.iter().rev().take_while(|piece| piece.is_run()).count();
    row.iter().rev().take(runs + 1).any(|reached| *reached)
}

/// Goes from every pair that is reached in this row
/// - down, past a run that holds nothing, or past a character that a run of the other holds;
/// - right, in the same way with the patterns exchanged;
/// - across, when both stand before characters that can be the same.
fn step(here: Piece, other: &[Piece], row: &mut [bool], next: &mut [bool]) {
    for place in 0..row.len() {
        if !row.get(place).copied().unwrap_or_default() {
            continue;
        }
        let there = other.get(place).copied();
        if here.is_run() || there.is_some_and(|there| there.holds(here)) {
            mark(next, place);
        }
        let Some(there) = there else { continue };
        if there.is_run() || here.holds(there) {
            mark(row, place + 1);
        }
        if here.meets(there) {
            mark(next, place + 1);
        }
    }
}

fn mark(row: &mut [bool], place: usize) {
    if let Some(cell) = row.get_mut(place) {
        *cell = true;
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, format_pieces, overlap, pattern_pieces};
    use crate::pattern::{NoVariables, Pattern, Syntax};

    const OBJECT: &str = "arn:${Partition}:s3:::${BucketName}/${ObjectName}";
    const BUCKET: &str = "arn:${Partition}:s3:::${BucketName}";
    const KEY: &str = "arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}";

    #[test]
    fn a_resource_can_be_of_a_type() {
        let cases = [
            ("*", BUCKET, true),
            ("arn:aws:s3:::*", BUCKET, true),
            ("arn:aws:s3:::*", OBJECT, true),
            ("arn:aws:s3:::logs", BUCKET, true),
            ("arn:aws:s3:::logs", OBJECT, false),
            ("arn:aws:s3:::logs/*", BUCKET, false),
            ("arn:aws:s3:::logs/*", OBJECT, true),
            ("arn:aws:s3:::logs*", OBJECT, true),
            ("arn:aws:s3:::logs?x", OBJECT, true),
            ("arn:aws:s3:::${aws:username}", OBJECT, true),
            ("arn:aws:s3:::logs/${aws:PrincipalTag/team}/*", OBJECT, true),
            ("arn:*:kms:*:123456789012:key/*", KEY, true),
            ("arn:aws:kms:eu-west-1:123456789012:alias/*", KEY, false),
            ("arn:aws:kms:eu-west-1:123456789012:extra:key/1", KEY, false),
            ("arn:aws:kms:eu-west-1:123456789012:*", KEY, true),
            ("arn:aws:kms:*key/1", KEY, true),
            ("arn:aws:s3:::logs", KEY, false),
            ("logs", BUCKET, false),
            ("", BUCKET, false),
        ];
        for (pattern, format, expected) in cases {
            let (one, other) = (pattern_pieces(pattern), format_pieces(format));
            assert_eq!(overlap(&one, &other), expected, "`{pattern}` and `{format}`");
            assert_eq!(overlap(&other, &one), expected, "`{format}` and `{pattern}`");
        }
    }

    #[test]
    fn an_escape_is_the_character_itself() {
        assert_eq!(pattern_pieces("${*}"), [Piece::One('*')]);
        assert_eq!(pattern_pieces("${?}"), [Piece::One('?')]);
        assert_eq!(pattern_pieces("${$}"), [Piece::One('$')]);
        assert_eq!(pattern_pieces("$"), [Piece::One('$')]);
        assert_eq!(pattern_pieces("${a"), [Piece::One('$'), Piece::One('{'), Piece::One('a')]);
        assert!(!overlap(&pattern_pieces("a${*}"), &pattern_pieces("ab")));
        assert!(overlap(&pattern_pieces("a${*}"), &pattern_pieces("a*")));
    }

    #[test]
    fn one_character_may_be_many_bytes() {
        assert!(overlap(&pattern_pieces("a?b"), &pattern_pieces("a関b")));
    }

    /// Every pair of patterns up to four pieces, against all short strings, by the other matcher.
    #[test]
    fn two_patterns_overlap_when_a_string_fits_both() {
        let patterns = words("ab*?", 4);
        let strings = words("ab", 6);
        let fits = |pattern: &str| -> Vec<bool> {
            let compiled = Pattern::compile(pattern, Syntax { wildcards: true, variables: false });
            strings.iter().map(|string| compiled.matches(string, &NoVariables)).collect()
        };
        let all: Vec<_> =
            patterns.iter().map(|one| (one, pattern_pieces(one), fits(one))).collect();
        for (one, pieces, fit) in &all {
            for (other, other_pieces, other_fit) in &all {
                let common = fit.iter().zip(other_fit).any(|(one, other)| *one && *other);
                assert_eq!(overlap(pieces, other_pieces), common, "`{one}` and `{other}`");
            }
        }
    }

    /// All words over these letters up to this length.
    fn words(letters: &str, length: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut last = all.clone();
        for _ in 0..length {
            last = last
                .iter()
                .flat_map(|word| letters.chars().map(move |letter| format!("{word}{letter}")))
                .collect();
            all.extend_from_slice(&last);
        }
        all
    }

    #[test]
    fn a_run_without_a_character_does_not_hold_it() {
        let run = [Piece::Run { without: Some('/') }];
        assert!(overlap(&run, &pattern_pieces("")));
        assert!(overlap(&run, &pattern_pieces("a?*")));
        assert!(!overlap(&run, &pattern_pieces("a/b")));
        assert!(!overlap(&run, &pattern_pieces("*/*")));
    }

    #[test]
    fn what_is_too_long_to_walk_overlaps() {
        let long = pattern_pieces(&"a".repeat(4096));
        assert!(overlap(&long, &pattern_pieces(&"b".repeat(4096))));
        assert!(!overlap(&long, &pattern_pieces(&"b".repeat(2048))));
    }
}
