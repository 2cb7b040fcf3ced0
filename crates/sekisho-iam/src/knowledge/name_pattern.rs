//! `*` and `?` in the names of services and actions, in any case.
//!
//! Source: "IAM JSON policy elements: Action", IAM User Guide.

use crate::pattern::{NoVariables, Pattern, Syntax};

/// A pattern of names.
pub(super) struct NamePattern(Pattern);

impl NamePattern {
    /// Compiles a pattern.
    pub(super) fn of(text: &str) -> Self {
        let syntax = Syntax { wildcards: true, variables: false };
        Self(Pattern::compile(&text.to_ascii_lowercase(), syntax))
    }

    /// Whether it stands for this name.
    pub(super) fn matches(&self, name: &str) -> bool {
        self.0.matches_everything() || self.0.matches(&name.to_ascii_lowercase(), &NoVariables)
    }
}

#[cfg(test)]
mod tests {
    use super::NamePattern;

    #[test]
    fn a_pattern_stands_for_names_in_any_case() {
        for (pattern, name, expected) in [
            ("GetObject", "getobject", true),
            ("getobject", "GetObject", true),
            ("GetObject", "GetObjectAcl", false),
            ("GET*Tagging", "GetObjectTagging", true),
            ("Get?Object", "GetObject", false),
            ("*", "GetObject", true),
            ("", "GetObject", false),
            ("${a}", "a", false),
        ] {
            assert_eq!(NamePattern::of(pattern).matches(name), expected, "`{pattern}` on `{name}`");
        }
    }
}
