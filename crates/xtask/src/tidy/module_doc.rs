//! Every Rust file says at its top what it is for.

use super::Finding;
use crate::repository::Repository;

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    let silent = |(path, text): (&str, &str)| {
        let opening = text.lines().find(|line| !line.trim().is_empty() && !is_marker(line));
        let says = "starts without a `//!` comment that says what it is for and why";
        let has_doc = opening.is_some_and(|line| line.starts_with("//! "));
        (!has_doc).then(|| Finding::in_file(path, says))
    };
    repository.ending(".rs").filter_map(silent).collect()
}

/// Words to the tools may stand before the doc: `// tidy: table`.
fn is_marker(line: &str) -> bool {
    line.starts_with("// ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_file_is_found() {
        let found = |text: &str| check(&Repository::of(&[("a.rs", text)])).len();
        assert_eq!(found("//! Says it.\n\nuse x;\n"), 0);
        assert_eq!(found("// tidy: table\n//! Says it.\n"), 0);
        assert_eq!(found("use x;\n//! Too late.\n"), 1);
        assert_eq!(found(""), 1);
    }
}
