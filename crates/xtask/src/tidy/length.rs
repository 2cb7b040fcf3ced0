//! Files are short: one idea a file. Tables are exempt, marked in their opening comment.

use super::Finding;
use crate::repository::Repository;

/// The most lines of a Rust file.
const LINES_MAX: usize = 600;

/// A line of the opening comment of a file that is one long table.
const MARKER: &str = concat!("// tidy", ": table");

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    let long = |(path, text): (&str, &str)| {
        let lines = text.lines().count();
        let says = format!("has {lines} lines, at most {LINES_MAX} are allowed: split it by idea");
        (lines > LINES_MAX && !is_table(text)).then(|| Finding::in_file(path, says))
    };
    repository.ending(".rs").filter_map(long).collect()
}

fn is_table(text: &str) -> bool {
    let opening = text.lines().take_while(|line| line.starts_with("//"));
    opening.into_iter().any(|line| line == MARKER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_found_unless_it_is_a_table() {
        let short = "//! Doc.\n".repeat(LINES_MAX);
        let long = format!("{short}\n");
        let table = format!("{MARKER}\n{long}");
        let found = |text: &str| check(&Repository::of(&[("a.rs", text)])).len();
        assert_eq!([found(&short), found(&long), found(&table)], [0, 1, 0]);
    }
}
