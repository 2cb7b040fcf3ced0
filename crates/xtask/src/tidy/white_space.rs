//! No tabs, nothing at the end of a line, one line end at the end of a file.
//!
//! In Rust it is rustfmt that keeps tabs out; those it leaves stand in texts that need them.

use super::Finding;
use crate::repository::Repository;

/// The texts that are held to it. Snapshots and data are as they are.
const HELD: [&str; 3] = [".rs", ".md", ".toml"];

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    repository.texts().filter(|(path, _)| is_held(path)).flat_map(of_file).collect()
}

fn of_file((path, text): (&str, &str)) -> Vec<Finding> {
    let line = |(index, line): (usize, &str)| {
        let says = if line.contains('\t') && !is_rust(path) {
            "has a tab: use spaces"
        } else if line.ends_with(char::is_whitespace) {
            "ends with white space"
        } else {
            return None;
        };
        Some(Finding::in_line(path, index, says))
    };
    let mut found: Vec<Finding> = text.split('\n').enumerate().filter_map(line).collect();
    if !text.ends_with('\n') || text.ends_with("\n\n") {
        found.push(Finding::in_file(path, "must end with one line end"));
    }
    found
}

/// The text without all that; a tab becomes four spaces.
pub(super) fn fixed(path: &str, text: &str) -> String {
    if !is_held(path) {
        return text.to_owned();
    }
    let spaces =
        |line: &str| if is_rust(path) { line.to_owned() } else { line.replace('\t', "    ") };
    let lines = text.trim_end().lines().map(spaces);
    lines.map(|line| format!("{}\n", line.trim_end())).collect()
}

fn is_rust(path: &str) -> bool {
    path.ends_with(".rs")
}

fn is_held(path: &str) -> bool {
    HELD.iter().any(|end| path.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_fixed() {
        let found = |path, text: &str| check(&Repository::of(&[(path, text)])).len();
        for (text, count) in
            [("a\n", 0), ("\ta\n", 1), ("a \nb\r\n", 2), ("a", 1), ("a\n\n", 1), ("a \t\n\n", 2)]
        {
            assert_eq!(found("a.md", text), count, "{text:?}");
            assert_eq!(found("a.md", &fixed("a.md", text)), 0, "{text:?}");
            assert_eq!(found("a.json", text), 0);
            assert_eq!(fixed("a.json", text), text);
        }
        assert_eq!(fixed("a.toml", "\ta \n\n"), "    a\n");
        assert_eq!(found("a.rs", "\ta\n") + found("a.rs", "a \n"), 1);
        assert_eq!(fixed("a.rs", "\ta \n"), "\ta\n");
    }
}
