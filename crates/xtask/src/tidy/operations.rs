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

/// `generate_data_key` of `GenerateDataKey`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// Holds `mod.rs` against the operations.
fn of_service(path: &str, text: &str, operations: &[&str]) -> Vec<Finding> {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let undeclared = operations.iter().flat_map(|name| {
        let file = snake(name);
        [format!("mod {file};"), format!("pub use {file}::{name};")]
    });
    let mut found: Vec<_> = undeclared
        .filter(|line| !lines.contains(&&**line))
        .map(|line| Finding::in_file(path, format!("lacks `{line}`")))
        .collect();
    let served =
        |line: &'_ str| Some(line.strip_prefix("served::<")?.strip_suffix(">(),")?.to_owned());
    let served: Vec<_> = lines.iter().filter_map(|line| served(line)).collect();
    if served != operations {
        let says = "serves others than its files have, or in another order: `OPERATIONS` is to be \
                    one line `served::<Name>(),` for each operation, by name";
        found.push(Finding::in_file(path, says));
    }
    found
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
        let all = "mod list_keys;\npub use list_keys::ListKeys;\n    served::<ListKeys>(),\n";
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
