//! No paths of somebody's machine: what is written here holds everywhere.

use super::Finding;
use crate::repository::Repository;

/// How such paths begin. Put together here, so that this file is not found.
const STARTS: [&str; 6] = [
    concat!("/", "home/"),
    concat!("/", "root/"),
    concat!("/", "tmp/"),
    concat!("/", "work/"),
    concat!("/", "Users/"),
    concat!("C:", "\\"),
];

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    repository.texts().flat_map(|(path, text)| in_text(path, text)).collect()
}

fn in_text<'a>(path: &'a str, text: &'a str) -> impl Iterator<Item = Finding> + 'a {
    text.lines().enumerate().filter_map(move |(index, line)| {
        let start = STARTS.iter().find(|start| begins_path(line, start))?;
        let says = format!("`{start}…` is a path of one machine: write it relative to the root");
        Some(Finding::in_line(path, index, says))
    })
}

/// Whether a path begins so in the line; `a:::bucket/home/x` is an object, not a path.
fn begins_path(line: &str, start: &str) -> bool {
    line.match_indices(start).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|before| before.is_whitespace() || "\"'`(=[<".contains(before))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_where_one_begins() {
        for start in STARTS {
            let found = |text: String| check(&Repository::of(&[("a.md", &text)])).len();
            assert_eq!(found(format!("in `{start}x`\n")), 1);
            assert_eq!(found(format!("{start}x\n")), 1);
            assert_eq!(found(format!("arn:aws:s3:::bucket{start}x\n")), 0);
        }
    }
}
