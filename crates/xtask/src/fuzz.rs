//! Fuzzes each target of `fuzz/` for a while, from the committed seeds.
//!
//! What the fuzzer finds new goes to `target/fuzz/`, so that the committed corpora stay the few
//! seeds that people chose. An input that fails is left in `fuzz/artifacts/`.

use anyhow::{Context as _, Result, ensure};
use std::fs;
use std::process::{Command, Stdio};

use crate::repository::root;
use crate::say::say;

/// The targets, one binary of `fuzz/` each.
const TARGETS: [&str; 9] =
    ["document", "pattern", "decide", "json", "cbor", "request", "reply", "sigv4", "chunked"];

/// How long each target is fuzzed unless told otherwise.
const SECONDS: u64 = 60;

/// Runs `cargo xtask fuzz`.
///
/// # Errors
/// When the argument is no number, a tool is missing, or an input fails.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let seconds = crate::number(args, SECONDS)?;
    let version = Command::new("cargo").args(["+nightly", "fuzz", "--version"]).output();
    ensure!(
        version.is_ok_and(|done| done.status.success()),
        "fuzzing needs `rustup toolchain install nightly` and `cargo install cargo-fuzz`"
    );
    TARGETS.iter().try_for_each(|target| fuzz(target, seconds))
}

fn fuzz(target: &str, seconds: u64) -> Result<()> {
    say(&format!("== {target}: {seconds} s"))?;
    let found = format!("target/fuzz/{target}");
    fs::create_dir_all(root().join(&found)).with_context(|| format!("cannot make `{found}`"))?;
    let done = Command::new("cargo")
        .args(["+nightly", "fuzz", "run", target, &found, &format!("fuzz/corpus/{target}")])
        .args(["--", &format!("-max_total_time={seconds}"), "-max_len=4096"])
        .current_dir(root())
        .stdin(Stdio::null())
        .status()
        .context("cannot start cargo")?;
    ensure!(done.success(), "an input of `{target}` fails: see `fuzz/artifacts/{target}`");
    Ok(())
}
