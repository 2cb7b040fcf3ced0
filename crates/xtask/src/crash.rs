//! Longer runs of the crash tests: of the server, which is killed, and of the engine without a shell.
//! The tests themselves read how many from the environment.

use anyhow::{Context as _, Result, ensure};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::repository::root;

/// Some minutes of work.
const KILLS: u64 = 2_000;
/// Some minutes of work on two cores.
const HISTORIES: u64 = 500_000;

/// Runs `cargo xtask crash`, each time with another seed, which the test prints.
///
/// # Errors
/// When the argument is no number, cargo cannot be started, or something acknowledged is lost.
pub(crate) fn kill(args: &[String]) -> Result<()> {
    let kills = crate::number(args, KILLS)?;
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock is before 1970")?;
    let env = [
        ("SEKISHO_CRASH_ROUNDS", kills.to_string()),
        ("SEKISHO_CRASH_SEED", seed.as_secs().to_string()),
    ];
    run("sekisho", "crash", &env)
}

/// Runs `cargo xtask simulate`.
///
/// # Errors
/// When the argument is no number, cargo cannot be started, or a history fails.
pub(crate) fn simulate(args: &[String]) -> Result<()> {
    let histories = crate::number(args, HISTORIES)?;
    run("sekisho-cloud", "simulation", &[("SEKISHO_HISTORIES", histories.to_string())])
}

fn run(package: &str, test: &str, env: &[(&str, String)]) -> Result<()> {
    let done = Command::new("cargo")
        .args(["test", "--release", "-p", package, "--test", test, "--", "--nocapture"])
        .envs(env.iter().map(|(name, value)| (name, value)))
        .current_dir(root())
        .status()
        .context("cannot start cargo")?;
    ensure!(done.success(), "something is lost or torn (see above)");
    Ok(())
}
