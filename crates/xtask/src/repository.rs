//! The files of the repository, read once.

use anyhow::{Context as _, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file below the root: its path with forward slashes, and its text where it has one.
pub(crate) struct Repository {
    files: BTreeMap<String, Option<String>>,
}

/// Folders of things that are made, not written.
const MADE: [&str; 5] = ["target", ".git", ".sekisho", "fuzz/artifacts", "fuzz/corpus"];

/// How the names of texts end.
const TEXTS: [&str; 13] = [
    ".rs",
    ".py",
    "requirements.txt",
    ".md",
    ".toml",
    ".lock",
    ".yaml",
    ".yml",
    ".json",
    ".sh",
    ".ci/run",
    ".editorconfig",
    ".gitattributes",
];

impl Repository {
    /// Reads the repository.
    pub(crate) fn read() -> Result<Self> {
        let mut files = BTreeMap::new();
        walk(&root(), "", &mut files)?;
        Ok(Self { files })
    }

    /// A repository of these texts, for tests of the rules.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| ((*path).to_owned(), Some((*text).to_owned()));
        Self { files: files.iter().map(file).collect() }
    }

    /// Path and text of every text.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    /// Path and text of every text whose name ends so.
    pub(crate) fn ending(&self, end: &str) -> impl Iterator<Item = (&str, &str)> {
        self.texts().filter(move |(path, _)| path.ends_with(end))
    }

    /// The text of a file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.as_deref()
    }

    /// Whether there is such a file or folder.
    pub(crate) fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        path.is_empty()
            || self.files.contains_key(path)
            || self.files.keys().any(|file| file.starts_with(&folder))
    }

    /// The names of the crates, which are the names of their folders.
    pub(crate) fn crates(&self) -> impl Iterator<Item = &str> {
        self.files.keys().filter_map(|path| {
            let name = path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
            (!name.contains('/')).then_some(name)
        })
    }
}

fn walk(folder: &Path, below: &str, files: &mut BTreeMap<String, Option<String>>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read `{}`", folder.display()))?;
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if MADE.iter().any(|made| path == *made || path.ends_with(&format!("/{made}"))) {
            continue;
        }
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{path}/"), files)?;
        } else {
            let text = if TEXTS.iter().any(|end| path.ends_with(end)) {
                let text = fs::read_to_string(entry.path());
                Some(text.with_context(|| format!("cannot read `{path}` as text"))?)
            } else {
                None
            };
            files.insert(path, text);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_this_repository() {
        let here = Repository::read().unwrap();
        assert!(here.text("crates/xtask/src/repository.rs").is_some());
        assert!(here.has("crates/xtask") && here.has("Cargo.toml") && !here.has("crates/none"));
        assert!(here.crates().any(|name| name == "xtask"));
        assert!(here.texts().all(|(path, _)| !path.starts_with("target/")));
    }
}
