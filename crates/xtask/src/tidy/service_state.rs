//! No service names the state of another: what it wants of another it gets by a call through the gate.

use super::Finding;
use crate::repository::Repository;

/// Where the services are, each a folder.
pub(super) const SERVICES: &str = "crates/sekisho-cloud/src/services/";

/// The service that a file belongs to, and its place in the service's folder.
pub(super) fn place(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix(SERVICES)?.split_once('/')
}

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    let services: Vec<_> =
        repository.ending("/state.rs").filter_map(|(path, _)| Some(place(path)?.0)).collect();
    let files =
        repository.ending(".rs").filter_map(|(path, text)| Some((path, place(path)?.0, text)));
    files.flat_map(|(path, own, text)| of_file(path, own, text, &services)).collect()
}

fn of_file(path: &str, own: &str, text: &str, services: &[&str]) -> Vec<Finding> {
    let others: Vec<_> = services.iter().filter(|service| **service != own).collect();
    let found = |(index, line): (usize, &str)| {
        let other = others.iter().find(|other| names_state(line, other))?;
        let says = format!("`{own}` names the state of `{other}`: let it place a call instead");
        Some(Finding::in_line(path, index, says))
    };
    text.lines().enumerate().filter_map(found).collect()
}

/// Whether a line has `kms::state`, or takes `state` out of a list of `kms::{…}`.
fn names_state(line: &str, service: &str) -> bool {
    let module = format!("{service}::");
    line.match_indices(&module).any(|(at, _)| {
        let (before, rest) = line.split_at(at);
        let rest = rest.strip_prefix(&module).unwrap_or_default();
        let listed = rest.strip_prefix('{').and_then(|list| list.split_once('}'));
        let in_list = listed.is_some_and(|(list, _)| list.split(',').any(is_state));
        !before.ends_with(is_of_name) && (is_state(rest) || in_list)
    })
}

/// Whether a path begins with `state`.
fn is_state(path: &str) -> bool {
    path.trim().strip_prefix("state").is_some_and(|rest| !rest.starts_with(is_of_name))
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> usize {
        let file = format!("{SERVICES}sts/assume_role.rs");
        let states = ["sts", "iam"].map(|service| format!("{SERVICES}{service}/state.rs"));
        let [sts, iam] = &states;
        check(&Repository::of(&[(&file, line), (sts, ""), (iam, "")])).len()
    }

    #[test]
    fn a_service_that_names_anothers_state_is_found() {
        assert_eq!(found("use crate::services::iam::state::Role;\n"), 1);
        assert_eq!(found("use crate::services::iam::{self, state};\n"), 1);
        assert_eq!(found("use crate::services::iam::{inputs, state::Iam};\n"), 1);
        assert_eq!(found("use crate::services::sts::state::Sts;\nuse super::state::Sts;\n"), 0);
        assert_eq!(found("use crate::services::iam::{self, inputs};\n"), 0);
    }
}
