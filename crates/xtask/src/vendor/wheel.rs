//! Fetches one pinned wheel of the Python package index into a temporary folder that goes away
//! with its value.
//!
//! `pip` and `python3` are started as child processes. pip is given the digest that the file must
//! have and refuses every other one, before anything is unpacked.

use super::package::output;
use anyhow::{Context as _, Result};
use serde::de::DeserializeOwned;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A wheel of the Python package index: which one, and the digest it must have.
pub(super) struct Pin {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    /// In hexadecimal digits.
    pub(super) sha256: &'static str,
}

/// An unpacked wheel.
pub(super) struct Wheel {
    folder: PathBuf,
}

impl Pin {
    /// Fetches, verifies and unpacks the wheel.
    pub(super) fn fetch(&self) -> Result<Wheel> {
        let Self { name, version, sha256 } = self;
        let folder = std::env::temp_dir().join(format!("vendor-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make `{}`", folder.display()))?;
        let wheel = Wheel { folder };
        let wanted = format!("{name}=={version} --hash=sha256:{sha256}\n");
        fs::write(wheel.folder.join("wanted.txt"), wanted)?;
        output(Command::new("pip").current_dir(&wheel.folder).args([
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            "--require-hashes",
            "--requirement=wanted.txt",
        ]))?;
        let file = format!("{name}-{version}-py3-none-any.whl");
        let unpack = ["-m", "zipfile", "-e", &file, "."];
        output(Command::new("python3").current_dir(&wheel.folder).args(unpack))?;
        Ok(wheel)
    }
}

impl Wheel {
    /// The text of a file of the wheel.
    pub(super) fn text(&self, path: &str) -> Result<String> {
        let path = self.folder.join(path);
        fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))
    }

    /// The names in a folder of the wheel, in order.
    pub(super) fn names(&self, path: &str) -> Result<Vec<String>> {
        let path = self.folder.join(path);
        let entries =
            fs::read_dir(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let mut names = entries
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<Result<Vec<_>>>()?;
        names.sort();
        Ok(names)
    }

    /// A JSON file that is gzipped in the wheel.
    pub(super) fn json<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let text = output(Command::new("gzip").arg("-dc").arg(self.folder.join(path)))?;
        serde_json::from_slice(&text).with_context(|| format!("`{path}` has an unexpected form"))
    }
}

impl Drop for Wheel {
    fn drop(&mut self) {
        // A folder that stays behind in the temporary directory does no harm.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
