//! Every crate uses what its manifest brings in: a dependency that nothing names is only built.

use super::{Finding, manifest};
use crate::repository::Repository;

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    repository.crates().flat_map(|name| of_crate(repository, name)).collect()
}

fn of_crate(repository: &Repository, name: &str) -> Vec<Finding> {
    let folder = format!("crates/{name}/");
    let path = format!("{folder}Cargo.toml");
    let sources = || repository.ending(".rs").filter(|(path, _)| path.starts_with(&folder));
    let mut unused = manifest::dependencies(repository.text(&path).unwrap_or_default());
    unused.retain(|dependency| {
        let name = dependency.name.replace('-', "_");
        !sources().any(|(_, text)| names(text, &name))
    });
    let found = |dependency: manifest::Dependency<'_>| {
        let says = format!("nothing here uses `{}`: leave it out", dependency.name);
        Finding::in_line(&path, dependency.line, says)
    };
    unused.into_iter().map(found).collect()
}

/// Whether a crate is named in the text, as the beginning of a path.
fn names(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + name.len()..).unwrap_or_default();
        let is_word = !before.is_some_and(|before| before.is_alphanumeric() || before == '_');
        is_word && behind.starts_with("::")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_that_nothing_names_is_found() {
        let manifest = "[dependencies]\na-b.workspace = true\n[dev-dependencies]\nc = \"1\"\n";
        let found = |text: &str, test: &str| {
            let path = ("crates/x/Cargo.toml", manifest);
            let other = ("crates/y/src/lib.rs", "use a_b::A; use c::C;");
            let files = [path, other, ("crates/x/src/lib.rs", text), ("crates/x/tests/t.rs", test)];
            check(&Repository::of(&files)).len()
        };
        assert_eq!(found("use a_b::A;", "c::d()"), 0);
        assert_eq!(found("use a_b::A;", ""), 1);
        assert_eq!(found("let a_b = xa_b::y();", "// c"), 2);
    }
}
