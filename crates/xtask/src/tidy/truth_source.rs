//! Every truth table says which page of AWS it states.

use super::Finding;
use crate::repository::Repository;

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    let unsourced = |(path, text): (&str, &str)| {
        let table = path.contains("/truth/") && !path.ends_with("/README.md");
        let sourced = text.lines().any(|line| line.starts_with("Source: "));
        let says = "has no line `Source: …`: say which page states these cases";
        (table && !sourced).then(|| Finding::in_file(path, says))
    };
    repository.ending(".md").filter_map(unsourced).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_without_source_is_found() {
        let found = |path, text: &str| check(&Repository::of(&[(path, text)])).len();
        assert_eq!(found("crates/a/tests/truth/x.md", "# X\nSource: a page\n"), 0);
        assert_eq!(found("crates/a/tests/truth/x.md", "# X\n"), 1);
        assert_eq!(found("crates/a/tests/truth/README.md", "# X\n"), 0);
        assert_eq!(found("docs/x.md", "# X\n"), 0);
    }
}
