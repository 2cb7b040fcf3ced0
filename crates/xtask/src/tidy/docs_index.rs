//! The index of the documents has them all.

use super::{Finding, markdown};
use crate::repository::Repository;

const INDEX: &str = "docs/README.md";

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    let index = repository.text(INDEX).unwrap_or_default();
    let linked: Vec<_> = index.lines().flat_map(markdown::links).collect();
    let missing = repository.ending(".md").filter_map(|(path, _)| {
        let name = path.strip_prefix("docs/")?;
        let is_missing = path != INDEX && !linked.iter().any(|link| link == name);
        is_missing.then(|| Finding::in_file(path, format!("is not linked from `{INDEX}`")))
    });
    missing.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_off_the_index_is_found() {
        let found =
            |index: &str| check(&Repository::of(&[(INDEX, index), ("docs/a.md", "")])).len();
        assert_eq!(found("- [a](a.md)\n"), 0);
        assert_eq!(found("- a.md\n"), 1);
    }
}
