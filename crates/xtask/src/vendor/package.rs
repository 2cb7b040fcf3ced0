//! Fetches one pinned npm package into a temporary folder that goes away with its value.
//!
//! `npm` and `tar` are started as child processes. npm reports the digest of the archive it wrote;
//! a digest other than the pinned one ends the run before anything is unpacked.

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package of the npm registry: which one, and the digest its archive must have.
pub(super) struct Pin {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    /// As npm writes it: the algorithm, a dash, the digest in base64.
    pub(super) integrity: &'static str,
}

/// An unpacked package.
pub(super) struct Package {
    folder: PathBuf,
}

/// What `npm pack --json` says about an archive.
#[derive(Deserialize)]
struct Packed {
    filename: String,
    integrity: String,
}

impl Pin {
    /// Fetches, verifies and unpacks the package.
    pub(super) fn fetch(&self) -> Result<Package> {
        let folder =
            std::env::temp_dir().join(format!("vendor-{}-{}", std::process::id(), self.version));
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make `{}`", folder.display()))?;
        let package = Package { folder };
        let archive = self.pack(&package.folder)?;
        output(Command::new("tar").arg("-xzf").arg(archive).current_dir(&package.folder))?;
        Ok(package)
    }

    fn pack(&self, folder: &Path) -> Result<String> {
        let wanted = format!("{}@{}", self.name, self.version);
        let told =
            output(Command::new("npm").args(["pack", "--json", &wanted]).current_dir(folder))?;
        let packed: Vec<Packed> = serde_json::from_slice(&told)
            .with_context(|| format!("cannot read what npm says about `{wanted}`"))?;
        let [packed] = packed.as_slice() else { bail!("npm packed no single `{wanted}`") };
        ensure!(
            packed.integrity == self.integrity,
            "`{wanted}` has the digest `{}`, pinned is `{}`: do not use it",
            packed.integrity,
            self.integrity
        );
        Ok(packed.filename.clone())
    }
}

impl Package {
    /// The text of a file of the package.
    pub(super) fn text(&self, path: &str) -> Result<String> {
        let path = self.folder.join("package").join(path);
        fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))
    }

    /// A JSON file of the package.
    pub(super) fn json<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        serde_json::from_str(&self.text(path)?)
            .with_context(|| format!("`{path}` has an unexpected form"))
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        // A folder that stays behind in the temporary directory does no harm.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

pub(super) fn output(command: &mut Command) -> Result<Vec<u8>> {
    let program = command.get_program().to_string_lossy().into_owned();
    let done = command.output().with_context(|| format!("cannot start `{program}`"))?;
    ensure!(
        done.status.success(),
        "`{program}` failed: {}",
        String::from_utf8_lossy(&done.stderr).trim()
    );
    Ok(done.stdout)
}
