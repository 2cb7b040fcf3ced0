//! Every crate takes its lints, its version and its dependencies from the workspace. What only its
//! tests or benches use may be its own.

use super::{Finding, manifest};
use crate::repository::Repository;

/// Lines that every manifest has.
const LINES: [&str; 6] = [
    "version.workspace = true",
    "edition.workspace = true",
    "rust-version.workspace = true",
    "license.workspace = true",
    "publish.workspace = true",
    "[lints]\nworkspace = true",
];

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    repository.crates().flat_map(|name| of_crate(repository, name)).collect()
}

fn of_crate(repository: &Repository, name: &str) -> Vec<Finding> {
    let path = format!("crates/{name}/Cargo.toml");
    let text = repository.text(&path).unwrap_or_default();
    let missing = LINES.iter().filter(|line| !format!("\n{text}").contains(&format!("\n{line}\n")));
    let missing = missing
        .map(|line| Finding::in_file(&path, format!("lacks `{}`", line.replace('\n', "` and `"))));
    let mut own = manifest::dependencies(text);
    own.retain(|dependency| !dependency.inherited && !dependency.for_tests);
    let own = own.into_iter().map(|dependency| {
        let says = format!("`{}` must come from the table of the workspace", dependency.name);
        Finding::in_line(&path, dependency.line, says)
    });
    missing.chain(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_inherited_is_found() {
        let found = |text: &str| check(&Repository::of(&[("crates/a/Cargo.toml", text)])).len();
        let good = format!("{}\n[dependencies]\nb.workspace = true\n", LINES.join("\n"));
        assert_eq!(found(&good), 0);
        assert_eq!(found(&good.replace("edition.workspace", "edition")), 1);
        assert_eq!(found(&good.replace("[lints]\nworkspace = true\n", "")), 1);
        assert_eq!(found(&format!("{good}c = \"1\"\n")), 1);
        assert_eq!(found(&format!("{good}[dev-dependencies]\nc = \"1\"\n")), 0);
    }
}
