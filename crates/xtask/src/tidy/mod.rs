//! The habits of this project that no compiler checks, one file each.
//!
//! Every rule looks at the whole repository and tells what is wrong and where. `cargo xtask tidy`
//! runs them, and so does a test of this crate. Functions are held short by clippy
//! (`too_many_lines`), I/O is kept out of the pure crates by clippy (`disallowed_methods`).

mod architecture;
mod docs_index;
mod edges;
mod examples;
mod inherited;
mod leftovers;
mod length;
mod links;
mod machine_paths;
mod manifest;
mod markdown;
mod module_doc;
mod operations;
mod permits;
mod pure;
mod service_state;
mod truth_source;
mod unused;
mod white_space;

use anyhow::{Context as _, Result, bail};
use std::fmt;
use std::fs;

use crate::repository::{Repository, root};
use crate::say::say;

/// One habit.
struct Rule {
    /// The name of its file.
    name: &'static str,
    check: fn(&Repository) -> Vec<Finding>,
    /// The text as the rule wants it, where that can be done by machine.
    fix: Option<fn(path: &str, text: &str) -> String>,
}

/// Every habit.
const RULES: [Rule; 17] = [
    Rule { name: "architecture", check: architecture::check, fix: None },
    Rule { name: "docs-index", check: docs_index::check, fix: None },
    Rule { name: "edges", check: edges::check, fix: None },
    Rule { name: "examples", check: examples::check, fix: None },
    Rule { name: "inherited", check: inherited::check, fix: None },
    Rule { name: "leftovers", check: leftovers::check, fix: None },
    Rule { name: "length", check: length::check, fix: None },
    Rule { name: "links", check: links::check, fix: None },
    Rule { name: "machine-paths", check: machine_paths::check, fix: None },
    Rule { name: "module-doc", check: module_doc::check, fix: None },
    Rule { name: "operations", check: operations::check, fix: None },
    Rule { name: "permits", check: permits::check, fix: None },
    Rule { name: "pure", check: pure::check, fix: None },
    Rule { name: "service-state", check: service_state::check, fix: None },
    Rule { name: "truth-source", check: truth_source::check, fix: None },
    Rule { name: "unused", check: unused::check, fix: None },
    Rule { name: "white-space", check: white_space::check, fix: Some(white_space::fixed) },
];

/// Something that is not as it should be.
struct Finding {
    path: String,
    /// From 1; `None` for the file as a whole.
    line: Option<usize>,
    says: String,
}

impl Finding {
    fn in_file(path: &str, says: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: None, says: says.into() }
    }

    /// In the line with this index, from 0.
    fn in_line(path: &str, index: usize, says: impl Into<String>) -> Self {
        Self { line: Some(index + 1), ..Self::in_file(path, says) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.says)
    }
}

/// Runs `cargo xtask tidy`.
///
/// # Errors
/// When an argument is unknown, the repository cannot be read, or something is not tidy.
pub(crate) fn run(args: &[String]) -> Result<()> {
    match args {
        [] => {}
        [flag] if flag == "--fix" => fix()?,
        _ => bail!("unknown arguments `{}`: say `tidy` or `tidy --fix`", args.join(" ")),
    }
    let found = found(&Repository::read()?);
    found.iter().try_for_each(|finding| say(finding))?;
    match found.len() {
        0 => say(&format!("tidy: {} rules hold", RULES.len())),
        count => bail!("{count} things are not tidy"),
    }
}

/// Everything that is wrong, ready to print.
fn found(repository: &Repository) -> Vec<String> {
    let of = |rule: &Rule| {
        let line = |finding| format!("{finding} [{}]", rule.name);
        (rule.check)(repository).into_iter().map(line).collect::<Vec<_>>()
    };
    RULES.iter().flat_map(of).collect()
}

fn fix() -> Result<()> {
    let repository = Repository::read()?;
    let fixes = || RULES.iter().filter_map(|rule| rule.fix);
    for (path, text) in repository.texts() {
        let fixed = fixes().fold(text.to_owned(), |text, fix| fix(path, &text));
        if fixed != text {
            fs::write(root().join(path), fixed)
                .with_context(|| format!("cannot write `{path}`"))?;
            say(&format!("fixed {path}"))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_tidy() {
        let found = found(&Repository::read().unwrap());
        assert!(found.is_empty(), "not tidy:\n{}", found.join("\n"));
    }

    #[test]
    fn findings_are_places_to_jump_to() {
        assert_eq!(Finding::in_line("a.rs", 2, "is odd").to_string(), "a.rs:3: is odd");
        assert_eq!(Finding::in_file("a.rs", "is odd").to_string(), "a.rs: is odd");
    }
}
