//! A longer run of the differential test: the engine and its specification decide the same
//! generated cases. The test itself reads how many from the environment.

use anyhow::{Context as _, Result, ensure};
use std::process::Command;

use crate::repository::root;

/// Some minutes of work on one core.
const CASES: u64 = 20_000_000;

/// Runs `cargo xtask differential`.
///
/// # Errors
/// When the argument is no number, cargo cannot be started, or the engines disagree.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let cases = crate::number(args, CASES)?;
    let done = Command::new("cargo")
        .args(["test", "--release", "-p", "sekisho-iam", "--test", "differential"])
        .args(["--", "--nocapture"])
        .env("SEKISHO_DIFFERENTIAL_CASES", cases.to_string())
        .current_dir(root())
        .status()
        .context("cannot start cargo")?;
    ensure!(done.success(), "the engine and its specification do not agree (see above)");
    Ok(())
}
