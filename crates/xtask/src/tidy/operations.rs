//! The folder of a service and its `mod.rs` say the same: each file that is an operation is declared,
//! given out and served, in order, and is called as its operation is.

use super::Finding;
use super::service_state::{SERVICES, place};
use crate::repository::Repository;

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    let path = |service: &str| format!("{SERVICES}{service}/mod.rs");
    let mut services: Vec<_> =
        repository.ending(".rs").filter_map(|(path, _)| Some(place(path)?.0)).collect();
    services.dedup();
    services
        .into_iter()
        .flat_map(|service| {
            let (operations, mut found) = operations(repository, service);
            let path = path(service);
            let text = repository.text(&path).unwrap_or_default();
            found.extend(of_service(&path, text, &operations));
            found
        })
        .collect()
}

/// The files of a service that are operations, by name; and those that are not called as they should be.
fn operations<'a>(repository: &'a Repository, service: &str) -> (Vec<&'a str>, Vec<Finding>) {
    let (mut operations, mut found) = (Vec::new(), Vec::new());
    for (path, text) in repository.ending(".rs") {
        let Some((_, file)) = place(path).filter(|(own, _)| *own == service) else { continue };
        for name in text.lines().filter_map(implemented) {
            operations.push(name);
            let wanted = format!("{}.rs", snake(name));
            if file != wanted {
                let says = format!("is the operation `{name}`: call the file `{wanted}`");
                found.push(Finding::in_file(path, says));
            }
        }
    }
    operations.sort_unstable();
    (operations, found)
}

/// `Decrypt` of `impl Operation for Decrypt {`.
fn implemented(line: &str) -> Option<&str> {
    line.strip_prefix("impl Operation for ")?.strip_suffix(" {")
}

/// `generate_data_key` of `GenerateDataKey`, `list_aws_service_access` of `ListAWSServiceAccess`: a word
/// begins with a capital that comes after a small letter or before one.
fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let is_small = |at: usize| letters.get(at).is_some_and(|other| !other.is_ascii_uppercase());
        if at > 0 && letter.is_ascii_uppercase() && (is_small(at - 1) || is_small(at + 1)) {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// Holds `mod.rs` against the operations.
fn of_service(path: &str, text: &str, operations: &[&str]) -> Vec<Finding> {
    let mut found = Vec::new();
    for name in operations {
        let file = snake(name);
        if !text.lines().any(|line| line == format!("mod {file};")) {
            found.push(Finding::in_file(path, format!("lacks `mod {file};`")));
        }
        if !text.lines().any(|line| gives_out(line, &file, name)) {
            found.push(Finding::in_file(path, format!("lacks `pub use {file}::{name};`")));
        }
    }
    let served = text.split("served::<").skip(1).filter_map(|rest| rest.split_once(">()"));
    let served: Vec<_> = served.map(|(name, _)| name).collect();
    if served != operations {
        let says = "serves others than its files have, or in another order: `OPERATIONS` has \
                    `served::<Name>()` for each operation, by name";
        found.push(Finding::in_file(path, says));
    }
    found
}

/// Whether a line gives out the operation, alone or with what belongs to it.
fn gives_out(line: &str, file: &str, name: &str) -> bool {
    let given =
        line.strip_prefix(&format!("pub use {file}::")).and_then(|rest| rest.strip_suffix(';'));
    let mut names = given.unwrap_or_default().trim_matches(['{', '}']).split(',');
    names.any(|one| one.trim() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(file: &str, listed: &str) -> usize {
        let (file, listed) =
            (format!("{SERVICES}kms/{file}"), (format!("{SERVICES}kms/mod.rs"), listed));
        let text = "impl Operation for ListKeys {\n";
        check(&Repository::of(&[(&file, text), (&listed.0, listed.1)])).len()
    }

    #[test]
    fn an_operation_that_is_not_listed_is_found() {
        let all =
            "mod list_keys;\npub use list_keys::{Key, ListKeys};\n    served::<ListKeys>(),\n";
        assert_eq!(found("list_keys.rs", all), 0);
        assert_eq!(found("keys.rs", all), 1);
        assert_eq!(found("list_keys.rs", ""), 3);
        assert_eq!(found("list_keys.rs", &format!("{all}    served::<Gone>(),\n")), 1);
    }

    #[test]
    fn names_of_files_follow_from_names_of_operations() {
        assert_eq!(snake("GenerateDataKey"), "generate_data_key");
        assert_eq!(snake("ListObjectsV2"), "list_objects_v2");
    }
}
