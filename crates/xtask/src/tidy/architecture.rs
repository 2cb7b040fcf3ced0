//! `ARCHITECTURE.md` stays short and speaks of every crate.

use super::Finding;
use crate::repository::Repository;

const PATH: &str = "ARCHITECTURE.md";

/// A map that is longer is not read.
const LINES_MAX: usize = 300;

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    let text = repository.text(PATH).unwrap_or_default();
    let unnamed = repository.crates().filter(|name| !text.contains(&format!("`{name}`")));
    let mut found: Vec<_> =
        unnamed.map(|name| Finding::in_file(PATH, format!("does not speak of `{name}`"))).collect();
    let lines = text.lines().count();
    if lines > LINES_MAX {
        let says = format!("has {lines} lines, at most {LINES_MAX} are allowed");
        found.push(Finding::in_file(PATH, says));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unnamed_crate_and_a_long_map_are_found() {
        let found = |text: &str| {
            let files = [(PATH, text), ("crates/a-b/Cargo.toml", ""), ("crates/a/Cargo.toml", "")];
            check(&Repository::of(&files)).len()
        };
        assert_eq!(found("`a-b` and `a`"), 0);
        assert_eq!(found("`a-b`"), 1);
        assert_eq!(found(&format!("`a-b` and `a`{}", "\n".repeat(LINES_MAX + 1))), 1);
    }
}
