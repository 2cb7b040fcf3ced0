//! `sekisho serve` under load, beside its peer: builds both sides, installs the peer, and starts the
//! load generator of `sekisho-bench`, which measures and prints.

use anyhow::{Context as _, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::repository::root;

/// The peer and all that it needs, each with its version.
const PINS: &str = "crates/sekisho-bench/peers.txt";

/// Runs `cargo xtask bench-serve`.
///
/// # Errors
/// When something cannot be built or installed, or a server does not do what is asked of it.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let quick = args.iter().any(|arg| arg == "--quick");
    let alone = args.iter().any(|arg| arg == "--without-moto");
    let profile = if quick { "dev" } else { "release" };
    let folder = root().join("target").join(if quick { "debug" } else { "release" });
    build(profile)?;
    let mut bench = Command::new(folder.join("bench-serve"));
    bench.arg("--sekisho").arg(folder.join("sekisho"));
    bench.arg("--scratch").arg(root().join("target"));
    if !quick && !alone {
        bench.arg("--moto").arg(moto()?);
    }
    let given = args.iter().filter(|arg| *arg != "--without-moto");
    let done = bench.args(given).status().context("cannot start the load generator")?;
    ensure!(done.success(), "the load generator ended with an error (see above)");
    Ok(())
}

fn build(profile: &str) -> Result<()> {
    let args = ["build", "--quiet", "--profile", profile, "--package", "sekisho", "--package"];
    let mut cargo = Command::new("cargo");
    cargo.args(args).args(["sekisho-bench", "--bins"]).current_dir(root());
    let done = cargo.status().context("cannot start cargo")?;
    ensure!(done.success(), "the server cannot be built (see above)");
    Ok(())
}

/// moto's server, installed in a Python environment of its own below `target/`.
fn moto() -> Result<PathBuf> {
    let (folder, pins) = (root().join("target").join("peers"), root().join(PINS));
    let server = folder.join("bin").join("moto_server");
    let wanted = fs::read_to_string(&pins).with_context(|| format!("cannot read `{PINS}`"))?;
    let installed = folder.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(server);
    }
    must(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    let mut pip = Command::new(folder.join("bin").join("pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check", "--no-deps", "--requirement"]);
    must(pip.arg(&pins))?;
    write(&installed, &wanted)?;
    Ok(server)
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

fn must(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let done = command.status();
    match done {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => bail!(
            "`{program}` cannot install the peer (see above): `--without-moto` measures without it"
        ),
        Err(why) => bail!(
            "cannot start `{program}` ({why}): install Python 3 with venv, or measure without the peer with `--without-moto`"
        ),
    }
}
