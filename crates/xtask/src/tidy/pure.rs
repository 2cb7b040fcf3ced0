//! The pure crates use nothing that does I/O, not even in passing.
//!
//! The root `clippy.toml` bans the functions of the standard library that do; a crate with a
//! `clippy.toml` of its own is not held by it. This rule keeps such files, and crates that do I/O,
//! out of the pure crates.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, manifest};
use crate::repository::Repository;

/// The crates that know files, processes, sockets, time and randomness. All others are pure.
const SHELLS: [&str; 3] = ["sekisho", "sekisho-bench", "xtask"];

/// Crates that do I/O, take the time or roll dice.
const FORBIDDEN: &str = "\
    async-std chrono curl dirs fastrand fs-err getrandom hickory-resolver home hyper ignore \
    mio native-tls nix notify openssl rand redb reqwest rusqlite rustix rustls smol socket2 sqlx \
    tempfile time tokio tungstenite ureq walkdir which";

/// Crates that build others and are in no program. A lock file does not tell them from the rest.
const BUILDERS: [&str; 3] = ["cc", "cmake", "pkg-config"];

pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    let lock = used_by(repository.text("Cargo.lock").unwrap_or_default());
    let pure = repository.crates().filter(|name| !SHELLS.contains(name));
    pure.flat_map(|name| of_crate(repository, &lock, name)).collect()
}

fn of_crate(repository: &Repository, lock: &Lock<'_>, name: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let own = format!("crates/{name}/clippy.toml");
    if repository.has(&own) {
        found.push(Finding::in_file(&own, "lets a pure crate out of the root `clippy.toml`"));
    }
    let path = format!("crates/{name}/Cargo.toml");
    let manifest = manifest::dependencies(repository.text(&path).unwrap_or_default());
    for dependency in manifest.iter().filter(|dependency| !dependency.for_tests) {
        let used = closure(lock, dependency.name);
        let bad = FORBIDDEN.split_whitespace().filter(|forbidden| used.contains(forbidden));
        found.extend(bad.map(|bad| {
            let says = format!("`{}` brings `{bad}` into a pure crate", dependency.name);
            Finding::in_line(&path, dependency.line, says)
        }));
    }
    found
}

/// What each package of a lock file uses.
type Lock<'a> = BTreeMap<&'a str, Vec<&'a str>>;

/// Reads a lock file. Of our own crates it also tells what only their tests use.
fn used_by(lock: &str) -> Lock<'_> {
    let mut all = Lock::new();
    let mut name = "";
    for line in lock.lines().map(str::trim) {
        if let Some(quoted) = line.strip_prefix("name = ") {
            name = quoted.trim_matches('"');
        } else if let Some(used) = line.strip_prefix('"') {
            let used = used.split(['"', ' ']).next().unwrap_or_default();
            all.entry(name).or_default().push(used);
        }
    }
    all
}

/// A package and everything it uses. Our own crates are not looked into: they answer for themselves.
/// Nor are builders.
fn closure<'a>(lock: &Lock<'a>, name: &'a str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut next = vec![name];
    while let Some(name) = next.pop() {
        let is_closed = name.starts_with("sekisho") || BUILDERS.contains(&name);
        if seen.insert(name) && !is_closed {
            next.extend(lock.get(name).into_iter().flatten());
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "[[package]]\nname = \"b\"\ndependencies = [\n \"c 1.0\",\n]\n\n\
        [[package]]\nname = \"c\"\ndependencies = [\n \"tokio\",\n]\n\n\
        [[package]]\nname = \"e\"\ndependencies = [\n \"cc\",\n]\n\n\
        [[package]]\nname = \"cc\"\ndependencies = [\n \"getrandom\",\n]\n";

    fn found(path: &str, text: &str) -> usize {
        check(&Repository::of(&[("Cargo.lock", LOCK), (path, text)])).len()
    }

    #[test]
    fn io_is_found_in_passing() {
        let pure = "crates/sekisho-new/Cargo.toml";
        assert_eq!(found(pure, "[dependencies]\nb = \"1\"\n"), 1);
        assert_eq!(found(pure, "[dependencies]\nd = \"1\"\n"), 0);
        assert_eq!(found(pure, "[dependencies]\ne = \"1\"\n"), 0);
        assert_eq!(found(pure, "[dev-dependencies]\nb = \"1\"\n"), 0);
        assert_eq!(found("crates/sekisho/Cargo.toml", "[dependencies]\nb = \"1\"\n"), 0);
    }

    #[test]
    fn a_way_around_clippy_is_found() {
        let files = |name: &str| {
            let path = |file: &str| format!("crates/{name}/{file}");
            let (manifest, clippy) = (path("Cargo.toml"), path("clippy.toml"));
            check(&Repository::of(&[(manifest.as_str(), ""), (clippy.as_str(), "")])).len()
        };
        assert_eq!([files("sekisho-iam"), files("xtask")], [1, 0]);
    }
}
