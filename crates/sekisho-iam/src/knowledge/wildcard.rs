//! `*` and `?` in the names of actions, in any case.
//!
//! Source: "IAM JSON policy elements: Action", IAM User Guide.

/// Whether the name is one that the pattern stands for.
///
/// A `*` first takes nothing; when what follows does not fit, the last `*` takes one byte more.
/// Earlier ones never need to be tried again, so the work is at most the product of the lengths.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let (mut pattern, mut name) = (pattern.as_bytes(), name.as_bytes());
    let mut retry: Option<(&[u8], &[u8])> = None;
    loop {
        match (pattern, name) {
            ([b'*', rest @ ..], _) => {
                retry = Some((rest, name));
                pattern = rest;
                continue;
            }
            ([wanted, rest @ ..], [byte, tail @ ..])
                if *wanted == b'?' || wanted.eq_ignore_ascii_case(byte) =>
            {
                (pattern, name) = (rest, tail);
                continue;
            }
            ([], []) => return true,
            _ => {}
        }
        let Some((after_star, [_, tail @ ..])) = retry else { return false };
        retry = Some((after_star, tail));
        (pattern, name) = (after_star, tail);
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_pattern_stands_for_names() {
        let cases = [
            ("GetObject", "getobject", true),
            ("GetObject", "GetObjectAcl", false),
            ("Get*Tagging", "GetObjectTagging", true),
            ("Get*Tagging", "GetObjectTaggingS", false),
            ("*a*b", "aXXbaXb", true),
            ("*ab", "aab", true),
            ("Get?bject", "GetObject", true),
            ("Get?Object", "GetObject", false),
            ("*", "", true),
            ("**", "x", true),
            ("?", "", false),
            ("", "x", false),
            ("", "", true),
        ];
        for (pattern, name, expected) in cases {
            assert_eq!(matches(pattern, name), expected, "`{pattern}` on `{name}`");
        }
    }
}
