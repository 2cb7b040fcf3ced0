//! The clients of the server's stories: the aws CLI and boto3, in a Python environment of their own.
//!
//! Made under `target/clients` from the pinned requirements. A copy of these is left there when
//! all is installed; as long as it equals the requirements nothing is done, and no network needed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::repository::root;
use crate::say::say;

/// What is installed.
const REQUIREMENTS: &str = "crates/sekisho/tests/clients/requirements.txt";

/// Ends with an error where Python is older than what the requirements take.
const IS_NEW_ENOUGH: &str = "import sys; sys.exit(sys.version_info < (3, 10))";

const NO_PYTHON: &str = "python3, 3.10 or later, for the tests with the aws CLI and boto3";
const NO_VENV: &str =
    "python3's modules venv and ensurepip, which Debian and Ubuntu have in python3-venv";
const NO_PACKAGES: &str = "the aws CLI and boto3, which pip could not install (above it says why): run again with access to PyPI";

/// Where they are.
pub(super) fn place() -> PathBuf {
    std::path::absolute(root()).unwrap_or_else(|_| root()).join("target/clients")
}

/// Installs them if they are not there yet; otherwise says what is missing.
pub(super) fn set_up() -> Result<(), &'static str> {
    let place = place();
    let wanted = fs::read_to_string(root().join(REQUIREMENTS)).map_err(|_| NO_PACKAGES)?;
    if are_there(&place, &wanted) {
        return Ok(());
    }
    ran(Command::new("python3").args(["-c", IS_NEW_ENOUGH])).ok_or(NO_PYTHON)?;
    ran(Command::new("python3").args(["-c", "import venv, ensurepip"])).ok_or(NO_VENV)?;
    // A terminal that went away is no reason to stop.
    let _ = say("installing the aws CLI and boto3 into target/clients (once, about a minute)");
    ran(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&place)).ok_or(NO_VENV)?;
    let mut pip = Command::new(python(&place));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r"]);
    ran(pip.arg(root().join(REQUIREMENTS))).ok_or(NO_PACKAGES)?;
    fs::write(stamp(&place), wanted).map_err(|_| NO_PACKAGES)
}

/// Whether the requirements are installed, for a Python that is still there.
fn are_there(place: &Path, wanted: &str) -> bool {
    let installed = fs::read_to_string(stamp(place)).is_ok_and(|installed| installed == wanted);
    installed && ran(Command::new(python(place)).args(["-c", IS_NEW_ENOUGH])).is_some()
}

fn stamp(place: &Path) -> PathBuf {
    place.join("installed.txt")
}

fn python(place: &Path) -> PathBuf {
    place.join("bin/python")
}

/// Runs a program; what it says on standard error is shown.
fn ran(command: &mut Command) -> Option<()> {
    let ended = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
    ended.is_ok_and(|status| status.success()).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_requirement_is_pinned_to_one_version() {
        let text = fs::read_to_string(root().join(REQUIREMENTS)).unwrap();
        let named: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
        let pinned = named.iter().filter(|line| line.matches("==").count() == 1);
        assert_eq!(pinned.count(), named.len(), "{named:?}");
        assert!(named.iter().any(|line| line.starts_with("awscli==")), "{named:?}");
    }

    #[test]
    fn other_requirements_are_not_taken_for_installed() {
        let place = std::env::temp_dir().join(format!("sekisho-no-clients-{}", std::process::id()));
        fs::create_dir_all(&place).unwrap();
        assert!(!are_there(&place, "a==1"), "nothing is installed");
        fs::write(stamp(&place), "a==1").unwrap();
        assert!(!are_there(&place, "a==2"), "something else is installed");
        assert!(!are_there(&place, "a==1"), "there is no Python");
        fs::remove_dir_all(&place).unwrap();
    }
}
