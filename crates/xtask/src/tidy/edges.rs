//! Arrows between the crates go down only, and only where the table has one.

use super::{Finding, manifest};
use crate::repository::Repository;

/// Each crate, what it may use, and what only its tests may use besides.
const EDGES: [(&str, &[&str], &[&str]); 9] = [
    ("sekisho-tree", &[], &[]),
    ("sekisho-iam", &["sekisho-tree"], &["sekisho-spec"]),
    ("sekisho-spec", &["sekisho-iam", "sekisho-tree"], &[]),
    ("sekisho-wire", &[], &[]),
    ("sekisho-trail", &["sekisho-iam"], &[]),
    ("sekisho-cloud", &["sekisho-iam", "sekisho-trail", "sekisho-tree", "sekisho-wire"], &[]),
    ("sekisho", &["sekisho-cloud", "sekisho-iam", "sekisho-tree", "sekisho-wire"], &[]),
    ("sekisho-bench", &["sekisho", "sekisho-cloud", "sekisho-iam", "sekisho-wire"], &[]),
    ("xtask", &[], &[]),
];

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    repository.crates().flat_map(|name| of_crate(repository, name)).collect()
}

fn of_crate(repository: &Repository, name: &str) -> Vec<Finding> {
    let path = format!("crates/{name}/Cargo.toml");
    let Some((_, used, in_tests)) = EDGES.iter().find(|(known, ..)| *known == name) else {
        return vec![Finding::in_file(&path, "is not in the table of edges of the tidy task")];
    };
    let ours: Vec<_> = repository.crates().collect();
    let manifest = repository.text(&path).unwrap_or_default();
    let forbidden = manifest::dependencies(manifest).into_iter().filter(|dependency| {
        let is_allowed = used.contains(&dependency.name)
            || (dependency.for_tests && in_tests.contains(&dependency.name));
        ours.contains(&dependency.name) && !is_allowed
    });
    let found = |dependency: manifest::Dependency<'_>| {
        let says = format!("`{name}` may not use `{}`: arrows go down only", dependency.name);
        Finding::in_line(&path, dependency.line, says)
    };
    forbidden.map(found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(iam: &str) -> usize {
        check(&Repository::of(&[
            ("crates/sekisho-iam/Cargo.toml", iam),
            ("crates/sekisho-tree/Cargo.toml", ""),
            ("crates/sekisho-spec/Cargo.toml", ""),
        ]))
        .len()
    }

    #[test]
    fn an_arrow_off_the_table_is_found() {
        assert_eq!(found("[dependencies]\nsekisho-tree.workspace = true\nserde = \"1\"\n"), 0);
        assert_eq!(found("[dev-dependencies]\nsekisho-spec.workspace = true\n"), 0);
        assert_eq!(found("[dependencies]\nsekisho-spec.workspace = true\n"), 1);
        assert_eq!(check(&Repository::of(&[("crates/new/Cargo.toml", "")])).len(), 1);
    }
}
