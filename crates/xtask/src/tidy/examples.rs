//! Files that the documents tell people to use are there, in code as well as in prose.

use super::Finding;
use crate::repository::Repository;

/// The folder of the files that people are told to try.
const EXAMPLES: &str = "examples/";

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    let of_file = |(path, text): (&str, &str)| {
        let missing = text.lines().enumerate().flat_map(|(index, line)| {
            let missing = named(line).filter(|name| !repository.has(name));
            let found =
                |name: &str| Finding::in_line(path, index, format!("there is no file `{name}`"));
            missing.map(found).collect::<Vec<_>>()
        });
        missing.collect::<Vec<_>>()
    };
    repository.ending(".md").flat_map(of_file).collect()
}

/// The paths below the examples that a line names. Links are relative, and another rule's.
fn named(line: &str) -> impl Iterator<Item = &str> {
    let words = line.split(|c: char| !c.is_alphanumeric() && !"/._-".contains(c));
    let names = words.filter(|word| word.starts_with(EXAMPLES));
    names.map(|name| name.trim_end_matches(['.', '/']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_example_is_found() {
        let found = |text: &str| {
            check(&Repository::of(&[("README.md", text), ("examples/a/b.yaml", "")])).len()
        };
        assert_eq!(found("sekisho explain examples/a/b.yaml"), 0);
        assert_eq!(found("see `examples/a/` and examples/a/b.yaml."), 0);
        assert_eq!(found("sekisho explain examples/a/c.yaml"), 1);
    }
}
